// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GateTest {

  private static final double LIMIT = 0.56;
  private static final double STANDS_OUT = 0.8;
  private static final int HOUR = 3_600;
  private static final int SAMPLES = 2_000;

  /** What leaves the gate of an alarm of a size that was not there before. */
  private static double worthAfter(int samplesAnAlarm) {
    Gate gate = new Gate();
    for (int i = 1; i < SAMPLES; i++) {
      boolean alarm = i % samplesAnAlarm == 0;
      gate.pass(alarm ? STANDS_OUT : 0.1, alarm ? i : 0, Traits.NONE, LIMIT, HOUR);
    }
    return gate.pass(STANDS_OUT, 1, Traits.NONE, LIMIT, HOUR);
  }

  @Test
  void alarm_isWorthLess_theMoreOfThemASeriesHasHad() {
    assertThat(worthAfter(SAMPLES)).isGreaterThan(worthAfter(400) + 0.01);
    assertThat(worthAfter(400)).isGreaterThan(worthAfter(100) + 0.01);
    assertThat(worthAfter(100)).isLessThan(STANDS_OUT);
  }

  @Test
  void whatFollowsAnAlarm_belongsToItsEpisode() {
    Gate gate = new Gate();
    gate.pass(STANDS_OUT, 5, Traits.NONE, LIMIT, HOUR);

    assertThat(gate.pass(STANDS_OUT, 5, Traits.NONE, LIMIT, HOUR)).isLessThan(LIMIT);
    assertThat(gate.pass(2 * STANDS_OUT, 50, Traits.NONE, LIMIT, HOUR)).isGreaterThan(LIMIT);
  }
}
