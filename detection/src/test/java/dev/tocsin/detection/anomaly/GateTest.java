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
      gate.pass(alarm ? STANDS_OUT : 0.1, alarm ? i : 0, Traits.NONE, LIMIT, HOUR);
    }
    return gate.pass(STANDS_OUT, 1, Traits.NONE, LIMIT, HOUR);
  }

  @Test
  void alarm_isWorthLess_theMoreOfThemASeriesHasHad() {
    assertThat(worthAfter(SAMPLES)).isGreaterThan(worthAfter(200) + 0.01);
    assertThat(worthAfter(200)).isGreaterThan(worthAfter(40) + 0.01);
    assertThat(worthAfter(40)).isLessThan(STANDS_OUT);
  }

  /** Once in a hundred samples something of that height, and then an alarm. */
  private static double worthAfterEpisodesOf(double height) {
    Gate gate = new Gate();
    for (int i = 1; i < SAMPLES; i++) {
      gate.pass(i % 100 == 0 ? height : 0.1, 0, Traits.NONE, LIMIT, HOUR);
    }
    return gate.pass(STANDS_OUT, 1, Traits.NONE, LIMIT, HOUR);
  }

  @ParameterizedTest
  @CsvSource({"0.32, false", "0.34, true", "0.5, true"})
  void alarm_isWorthLess_whereMuchNearlyStoodOut(double height, boolean nearly) {
    double where = worthAfterEpisodesOf(height);
    double whereNothingDid = worthAfterEpisodesOf(0.1);
    assertThat(where < whereNothingDid - 0.04).isEqualTo(nearly);
    assertThat(where <= whereNothingDid).isTrue();
  }

  /** What lasts is one episode, and a series that had one long one is no noisy series. */
  @Test
  void whatNearlyStandsOutForLong_countsOnce() {
    Gate once = new Gate();
    Gate lasting = new Gate();
    for (int i = 1; i < SAMPLES; i++) {
      once.pass(i == 500 ? 0.4 : 0.1, 0, Traits.NONE, LIMIT, HOUR);
      lasting.pass(i >= 500 && i < 510 ? 0.4 : 0.1, 0, Traits.NONE, LIMIT, HOUR);
    }
    assertThat(lasting.pass(STANDS_OUT, 1, Traits.NONE, LIMIT, HOUR))
        .isEqualTo(once.pass(STANDS_OUT, 1, Traits.NONE, LIMIT, HOUR));
  }

  @Test
  void whatFollowsAnAlarm_belongsToItsEpisode() {
    Gate gate = new Gate();
    gate.pass(STANDS_OUT, 5, Traits.NONE, LIMIT, HOUR);

    assertThat(gate.pass(STANDS_OUT, 5, Traits.NONE, LIMIT, HOUR)).isLessThan(LIMIT);
    assertThat(gate.pass(2 * STANDS_OUT, 50, Traits.NONE, LIMIT, HOUR)).isGreaterThan(LIMIT);
  }
}
