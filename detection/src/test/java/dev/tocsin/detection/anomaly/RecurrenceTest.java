// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecurrenceTest {

  private static final int MINUTE = 60;
  private static final int FIVE_MINUTES = 5 * MINUTE;
  private static final int HOUR = 60 * MINUTE;
  private static final double SIZE = 5;
  private static final double OTHER_SIZE = 50;
  private static final Traits RISE = by(Feature.VALUE, 1);
  private static final Traits FALL = by(Feature.VALUE, -1);
  private static final Traits UNREST = by(Feature.SPREAD, 1);

  private static Traits by(Feature feature, double share) {
    double[] shares = new double[Feature.ALL.length];
    shares[feature.ordinal()] = share;
    return Traits.of(shares);
  }

  /** After twenty rises of one size, a hundred samples apart. */
  private static Recurrence ofRises(int step) {
    Recurrence recurrence = new Recurrence();
    for (int i = 0; i < 20; i++) {
      recurrence.of(SIZE, RISE, step);
      pass(recurrence, 100);
    }
    return recurrence;
  }

  private static void pass(Recurrence recurrence, int samples) {
    for (int i = 0; i < samples; i++) {
      recurrence.pass();
    }
  }

  @Test
  void firstAlarm_losesNothing() {
    assertThat(new Recurrence().of(SIZE, RISE, FIVE_MINUTES)).isZero();
    assertThat(new Recurrence().of(SIZE, RISE, HOUR)).isZero();
  }

  @Test
  void everyFiveMinutes_itIsTheWayThatIsKnown_whateverTheSize() {
    assertThat(ofRises(FIVE_MINUTES).of(SIZE, RISE, FIVE_MINUTES)).isBetween(0.13, 0.15);
    assertThat(ofRises(FIVE_MINUTES).of(OTHER_SIZE, RISE, FIVE_MINUTES)).isBetween(0.13, 0.15);
    assertThat(ofRises(FIVE_MINUTES).of(SIZE, FALL, FIVE_MINUTES)).isZero();
    assertThat(ofRises(FIVE_MINUTES).of(SIZE, UNREST, FIVE_MINUTES)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"60", "3600"})
  void everyMinuteOrHour_itIsTheSizeThatIsKnown_whateverTheWay(int step) {
    assertThat(ofRises(step).of(SIZE, RISE, step)).isBetween(0.08, 0.09);
    assertThat(ofRises(step).of(SIZE, FALL, step)).isBetween(0.08, 0.09);
    assertThat(ofRises(step).of(OTHER_SIZE, RISE, step)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "300, 0, 0.13, 0.15", "300, 4000, 0.09, 0.11", "300, 40000, 0, 0.001",
    "3600, 0, 0.08, 0.09", "3600, 4000, 0.06, 0.07", "3600, 40000, 0, 0.001"
  })
  void whatIsKnown_takesLessAway_theLongerItIsAgo(int step, int ago, double from, double to) {
    Recurrence recurrence = ofRises(step);
    pass(recurrence, ago);
    assertThat(recurrence.of(SIZE, RISE, step)).isBetween(from, to);
  }

  @Test
  void onlyTheLatestAlarms_areComparedByWay() {
    Recurrence recurrence = ofRises(FIVE_MINUTES);
    for (int i = 0; i < 16; i++) {
      recurrence.of(SIZE, UNREST, FIVE_MINUTES);
    }
    assertThat(recurrence.of(SIZE, RISE, FIVE_MINUTES)).isZero();
  }

  @Test
  void stored_itTakesAwayTheSame() {
    ByteBuffer bytes = ByteBuffer.allocate(Recurrence.MEMORY_BYTES);
    ofRises(FIVE_MINUTES).write(bytes);
    Recurrence read = new Recurrence();
    read.read(bytes.flip());

    assertThat(read.of(SIZE, RISE, FIVE_MINUTES))
        .isEqualTo(ofRises(FIVE_MINUTES).of(SIZE, RISE, FIVE_MINUTES));
    assertThat(bytes.hasRemaining()).isFalse();
  }

  @Test
  void likeness_isOfProportionsAndSides() {
    double[] some = new double[Feature.ALL.length];
    some[0] = 2;
    some[1] = -1;
    double[] twice = new double[Feature.ALL.length];
    twice[0] = 4;
    twice[1] = -2;

    assertThat(Traits.of(some).likeness(Traits.of(twice))).isEqualTo(1, offset(1e-9));
    assertThat(Traits.of(some).likeness(RISE)).isBetween(0.88, 0.9);
    assertThat(RISE.likeness(FALL)).isEqualTo(-1, offset(1e-9));
    assertThat(RISE.likeness(Traits.NONE)).isZero();
  }
}
