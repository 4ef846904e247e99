// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersistenceTest {

  private static final double STANDS_OUT = 0.6;
  private static final int MINUTE = 60;
  private static final int FIVE_MINUTES = 300;
  private static final int HOUR = 3_600;

  private final Persistence persistence = new Persistence();

  /** What is made of a sample after so many that stood out by so much. */
  private double after(int samples, double combined, double step) {
    for (int i = 0; i < samples; i++) {
      persistence.weigh(combined, step);
    }
    return persistence.weigh(STANDS_OUT, step);
  }

  @Test
  void alone_countsLess() {
    assertThat(after(12, 0.1, FIVE_MINUTES)).isLessThan(STANDS_OUT - 0.1);
  }

  @Test
  void whatLasts_countsMore_theLongerItDoes() {
    double before = 0;
    for (int i = 0; i < 20; i++) {
      double now = persistence.weigh(STANDS_OUT, FIVE_MINUTES);
      assertThat(now).isGreaterThanOrEqualTo(before - 1e-9);
      before = now;
    }
    assertThat(before).isGreaterThan(STANDS_OUT + 0.05);
  }

  @Test
  void whatIsOverForAnHour_countsNoMore() {
    after(12, 2, FIVE_MINUTES);
    assertThat(after(12, 0.1, FIVE_MINUTES))
        .isCloseTo(STANDS_OUT - 0.4 * (0.4 - 0.1), Offset.offset(1e-9));
  }

  @Test
  void ordinarySamples_doNotFallBelowZero() {
    assertThat(persistence.weigh(0.05, FIVE_MINUTES)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"60, 0", "10, 0", "0, 0", "300, 1", "3600, 0", "86400, 0"})
  void weight_isThatOfHowOftenSamplesCome(double step, double weight) {
    assertThat(Persistence.weight(step)).isCloseTo(weight, Offset.offset(1e-9));
    assertThat(Persistence.weight(150)).isBetween(0.5, 0.6);
    assertThat(Persistence.weight(900)).isBetween(0.5, 0.6);
  }

  @Test
  void eachMinuteOrHour_itMakesNoDifference() {
    assertThat(after(12, 0.1, MINUTE)).isEqualTo(STANDS_OUT);
    assertThat(after(12, 0.1, HOUR)).isEqualTo(STANDS_OUT);
  }

  @Test
  void afterAGap_nothingIsRemembered() {
    double first = persistence.weigh(STANDS_OUT, FIVE_MINUTES);
    after(12, 2, FIVE_MINUTES);
    persistence.clear();
    assertThat(persistence.weigh(STANDS_OUT, FIVE_MINUTES)).isEqualTo(first);
  }

  @Test
  void whatIsStored_goesOn() {
    after(17, 0.7, FIVE_MINUTES);
    ByteBuffer bytes = ByteBuffer.allocate(200);
    persistence.write(bytes);
    Persistence read = new Persistence();
    read.read(bytes.flip());
    assertThat(read.weigh(STANDS_OUT, FIVE_MINUTES))
        .isEqualTo(persistence.weigh(STANDS_OUT, FIVE_MINUTES));
  }
}
