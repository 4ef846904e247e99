// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class CyclesTest {

  @Test
  void cleanUpEveryTwelveDays_isTakenOut_andPutAhead() {
    Cycles cycles = of(d -> 30 + 0.5 * d + d % 12 + noise(d));
    // The latest day is the 119th, the last before a clean-up: up to eleven are lost with the next.
    assertThat(cycles.ahead()[1] - cycles.ahead()[0]).isBetween(-13.0, -6.0);
    assertThat(cycles.ahead()[12] - cycles.ahead()[11]).isCloseTo(1, within(2.0));
    assertThat(cycles.ahead()[13]).isEqualTo(cycles.ahead()[1]);
  }

  @Test
  void weekdaysAndCleanUps_areBothTakenOut() {
    Cycles cycles = of(d -> 30 + (d % 7 < 2 ? -5 : 2) + 1.5 * (d % 15) + noise(d));
    double[] off = Arrays.stream(cycles.level()).skip(15).limit(90).toArray();
    assertThat(Robust.scale(off)).isLessThan(1.6);
  }

  @Test
  void noise_isNoCycle() {
    Cycles cycles = of(d -> 30 + 0.5 * d + noise(d));
    assertThat(Arrays.stream(cycles.ahead()).map(Math::abs).max().orElseThrow()).isLessThan(0.8);
    assertThat(of(_ -> 30).ahead()).containsOnly(0);
  }

  @Test
  void spike_isReplaced() {
    Cycles cycles = of(d -> 30 + noise(d) + (d == 60 ? 40 : 0));
    assertThat(cycles.level()[60]).isCloseTo(30, within(2.0));
  }

  private static Cycles of(IntToDoubleFunction value) {
    double[] days = new double[120];
    Arrays.setAll(days, value);
    return Cycles.of(days, 90);
  }

  private static double noise(int day) {
    return new Random(31L * day + 7).nextGaussian();
  }
}
