// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HindsightTest {

  /** A series, between what its futures are to be spread, and how far off it was at most. */
  private enum Series {
    AS_TOLD(120, d -> 20 + 0.5 * d, 0.5, 0.85, 1.2),
    CONSTANT(120, _ -> 50, 0.5, 0.85, 1.2),
    /** Each fortnight another pace, which no fortnight before it tells. */
    OTHERWISE_EACH_TIME(120, d -> 30 + 12 * Math.sin(d / 9.0), 1, 3, 40),
    TOO_SHORT_TO_COMPARE(45, d -> 20 + 0.5 * d, 0.999, 1.001, 3),
    SHORTEST(14, d -> 20 + 0.5 * d, 0.999, 1.001, 5);

    private final int days;
    private final IntToDoubleFunction level;
    private final double least;
    private final double most;
    private final double error;

    Series(int days, IntToDoubleFunction level, double least, double most, double error) {
      this.days = days;
      this.level = level;
      this.least = least;
      this.most = most;
      this.error = error;
    }
  }

  @ParameterizedTest
  @EnumSource(Series.class)
  void spread_isAsWrongAsItWas(Series series) {
    double[] days = new double[series.days];
    Arrays.setAll(days, d -> series.level.applyAsDouble(d) + new Random(17L * d).nextGaussian());
    Hindsight hindsight = Hindsight.of(days);
    assertThat(hindsight.wide()).isBetween(series.least, series.most);
    assertThat(hindsight.error()).isBetween(0.0, series.error);
  }
}
