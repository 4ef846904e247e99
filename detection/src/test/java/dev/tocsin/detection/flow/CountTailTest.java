// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.PascalDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountTailTest {

  @ParameterizedTest(name = "{0} or more, mean {1}")
  @CsvSource({"1, 0.5", "5, 2", "20, 10", "40, 10"})
  void withoutExcess_itIsPoisson(int count, double mean) {
    double tail = 1 - new PoissonDistribution(mean).cumulativeProbability(count - 1);
    assertThat(CountTail.surprise(count, mean, mean)).isCloseTo(-Math.log10(tail), within(1e-4));
  }

  /** Pascal's is the negative binomial of a whole number of successes. */
  @ParameterizedTest(name = "{0} or more, r {1}, p {2}")
  @CsvSource({"1, 1, 0.5", "10, 2, 0.3", "30, 3, 0.2"})
  void withExcess_itIsNegativeBinomial(int count, int r, double p) {
    PascalDistribution pascal = new PascalDistribution(r, p);
    double tail = 1 - pascal.cumulativeProbability(count - 1);
    assertThat(CountTail.surprise(count, pascal.getNumericalMean(), pascal.getNumericalVariance()))
        .isCloseTo(-Math.log10(tail), within(1e-6));
  }

  @ParameterizedTest(name = "1 in 10^{0}, mean {1}, variance {2}")
  @CsvSource({"4, 0.1, 0.1", "4, 10, 10", "4, 10, 60", "2, 300, 4000"})
  void least_isTheFirstCountThatIsSoRare(double rare, double mean, double variance) {
    double least = CountTail.least(rare, mean, variance);
    assertThat(CountTail.surprise(least, mean, variance)).isGreaterThanOrEqualTo(rare);
    assertThat(CountTail.surprise(least - 1, mean, variance)).isLessThan(rare);
  }

  @Test
  void nothing_isNoSurprise() {
    assertThat(CountTail.surprise(0, 100, 100)).isZero();
    assertThat(CountTail.surprise(1_000_000, 1, 1)).isGreaterThan(100).isFinite();
  }
}
