// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
      gate.pass(alarm ? STANDS_OUT : 0.1, alarm ? i : 0, LIMIT, HOUR);
    }
    return gate.pass(STANDS_OUT, 1, LIMIT, HOUR);
  }

  @Test
  void alarm_isWorthLess_theMoreOfThemASeriesHasHad() {
    assertThat(worthAfter(SAMPLES)).isGreaterThan(worthAfter(400) + 0.01);
    assertThat(worthAfter(400)).isGreaterThan(worthAfter(100) + 0.01);
    assertThat(worthAfter(100)).isLessThan(STANDS_OUT);
  }

  /** What leaves the gate of an alarm as large as twenty that were so many samples ago. */
  private static double worthOfAKnownSize(int samplesAgo) {
    Gate gate = new Gate();
    for (int i = 0; i < 20; i++) {
      gate.pass(STANDS_OUT, 5, LIMIT, HOUR);
      quiet(gate, 100);
    }
    quiet(gate, samplesAgo);
    return gate.pass(STANDS_OUT, 5, LIMIT, HOUR);
  }

  private static void quiet(Gate gate, int samples) {
    for (int i = 0; i < samples; i++) {
      gate.pass(0.1, 0, LIMIT, HOUR);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0.68, 0.70", "4000, 0.72, 0.75", "40000, 0.85, 0.88"})
  void aSizeThatRecurs_isWorthMoreAgain_theLongerItIsAgo(int samplesAgo, double from, double to) {
    assertThat(worthOfAKnownSize(samplesAgo)).isBetween(from, to);
  }

  @Test
  void whatFollowsAnAlarm_belongsToItsEpisode() {
    Gate gate = new Gate();
    gate.pass(STANDS_OUT, 5, LIMIT, HOUR);

    assertThat(gate.pass(STANDS_OUT, 5, LIMIT, HOUR)).isLessThan(LIMIT);
    assertThat(gate.pass(2 * STANDS_OUT, 50, LIMIT, HOUR)).isGreaterThan(LIMIT);
  }
}
