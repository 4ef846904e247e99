// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrayingTest {

  private static final Noise NOISE = new Noise(0.4, 1.1);

  /** The same by least squares, that knows nothing of filters. */
  @Test
  void whatDoesNotStray_isALine() {
    double[] values = values(0.3, 0);
    Straying straying = Straying.of(values, NOISE, Drift.NONE, 1.1);
    Way line = Bends.none(values, NOISE, new Pace.Growing(0)).way(0);
    assertThat(straying.misfit()).isCloseTo(line.misfit(), within(0.01));
    assertThat(straying.line().level()).isCloseTo(line.line().level(), within(0.001));
    assertThat(straying.line().slope()).isCloseTo(line.line().slope(), within(0.001));
    assertThat(straying.line().levelVariance())
        .isCloseTo(line.line().levelVariance(), within(0.001));
    assertThat(straying.line().covariance()).isCloseTo(line.line().covariance(), within(0.001));
    assertThat(straying.line().slopeVariance())
        .isCloseTo(line.line().slopeVariance(), within(0.001));
  }

  /**
   * How likely days are that stray so much, in logarithms, is highest where they are looked for.
   */
  @ParameterizedTest
  @CsvSource({"0, 0", "0.5, 0.6", "2, 3"})
  void drift_isTheLikeliest_thatWas(double strays, double likeliest) {
    double[] values = values(0.3, strays);
    double best = likelihood(values, likeliest);
    for (double other : new double[] {0, 0.6, 3}) {
      if (other != likeliest) {
        assertThat(likelihood(values, other)).isLessThan(best);
      }
    }
  }

  @Test
  void unit_changesNothing() {
    double[] values = values(0.3, 0.5);
    double[] large = Arrays.stream(values).map(value -> 1e9 * value).toArray();
    Drift drift = new Drift(0.2, 2e-4);
    Straying small = Straying.of(values, NOISE, drift, 1.1);
    Straying same = Straying.of(large, NOISE, drift, 1.1e9);
    assertThat(same.line().slope() / 1e9).isCloseTo(small.line().slope(), within(1e-9));
    assertThat(same.misfit() / 1e18).isCloseTo(small.misfit(), within(1e-6));
    assertThat(same.spread()).isEqualTo(small.spread());
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 10, 0", "0.2, 0, 10, 2", "0, 0.003, 10, 1", "0.2, 0.003, 10, 3"})
  void drift_addsUp(double level, double slope, double days, double variance) {
    assertThat(new Drift(level, slope).variance(days)).isCloseTo(variance, within(1e-9));
  }

  private static double likelihood(double[] values, double strays) {
    Straying line = Straying.of(values, NOISE, new Drift(strays, 0), 1.1);
    return -(values.length - 2) * Math.log(line.misfit()) / 2 - line.spread() / 2;
  }

  /** About a line, whose level moves each day by so much besides. */
  private static double[] values(double slope, double strays) {
    Random random = new Random(11);
    double[] values = new double[300];
    double level = 20;
    double off = 0;
    for (int i = 0; i < values.length; i++) {
      level += slope + strays * random.nextGaussian();
      off = 0.4 * off + random.nextGaussian();
      values[i] = level + off;
    }
    return values;
  }
}
