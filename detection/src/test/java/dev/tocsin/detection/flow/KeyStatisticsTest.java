// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The statistics about one alert, each with its table. */
class KeyStatisticsTest {

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  @ParameterizedTest(name = "{0} changes an hour for {1} h, then {2} in one: flapping {3}")
  @CsvSource({
    "0, 100, 4, false",
    "0, 100, 5, true",
    "0, 0, 4, false",
    "0, 0, 12, true",
    "4, 100, 8, false",
    "4, 100, 20, true",
    "4, 100, 12, false",
  })
  void flapping_isFarMoreChangesThanItsOwnHoursHave(
      int usual, int hours, int changes, boolean flapping) {
    Turns turns = new Turns();
    long at = DAY;
    turns.turn(at);
    for (int h = 1; h <= hours; h++) {
      for (int i = 0; i < usual; i++) {
        turns.turn(at + h * HOUR + i * (HOUR / (usual + 1)));
      }
    }
    boolean begins = turns.isFlapping();
    long last = at + (hours + 2) * HOUR;
    for (int i = 0; i < changes; i++) {
      begins |= turns.turn(last + i * MINUTE) != null;
    }
    assertThat(begins).isEqualTo(flapping);
    assertThat(turns.isFlapping()).isEqualTo(flapping);
  }

  @Test
  void flapping_beginsOnceAndIsQuietHalfAnHourLater() {
    Turns turns = new Turns();
    int begins = 0;
    for (int i = 0; i < 40; i++) {
      begins += turns.turn(DAY + i * MINUTE) == null ? 0 : 1;
    }
    assertThat(begins).isEqualTo(1);
    assertThat(turns.quietAt()).isEqualTo(DAY + 39 * MINUTE + Turns.QUIET_MILLIS);
    Turns read = Format.read(Format.bytes(turns::write), Turns::read);
    assertThat(read.isFlapping()).isTrue();
    assertThat(read.quietAt()).isEqualTo(turns.quietAt());
  }

  @ParameterizedTest(name = "{0} gaps of {1} h, then {2} h: back from a long silence {3}")
  @CsvSource({
    "4, 6, 200, false",
    "5, 6, 200, true",
    "20, 6, 48, false",
    "20, 6, 60, true",
    "20, 1, 12, false",
    "20, 72, 500, false",
    "20, 72, 700, true",
  })
  void longSilent_isBeyondTheTailOfItsGaps(int gaps, int hours, int silent, boolean back) {
    Gaps own = new Gaps();
    long at = DAY;
    own.begins(at);
    for (int i = 0; i < gaps; i++) {
      at += hours * HOUR;
      assertThat(own.begins(at)).isNull();
    }
    own = Format.read(Format.bytes(own::write), Gaps::read);
    assertThat(own.begins(at + silent * HOUR) != null).isEqualTo(back);
  }

  @ParameterizedTest(name = "{0} pauses of {1} min, one of {2} min: missing after {3} to {4} min")
  @CsvSource({
    "19, 5, 5, -1, -1",
    "30, 5, 5, 15, 20",
    "30, 5, 60, 60, 91",
    "30, 240, 240, 720, 1100",
  })
  void heartbeat_isMissingAfterItsLongestPause(
      int pauses, int minutes, int once, long from, long to) {
    Heartbeat heartbeat = new Heartbeat();
    long at = DAY;
    heartbeat.beat(at);
    for (int i = 0; i < pauses; i++) {
      at += (i == 0 ? once : minutes) * MINUTE;
      heartbeat.beat(at);
    }
    heartbeat = Format.read(Format.bytes(heartbeat::write), Heartbeat::read);
    if (from < 0) {
      assertThat(heartbeat.missingAt()).isEqualTo(-1);
    } else {
      assertThat((heartbeat.missingAt() - at) / MINUTE).isBetween(from, to);
    }
    heartbeat.stop();
    assertThat(heartbeat.missingAt()).isEqualTo(-1);
  }

  @ParameterizedTest(name = "lasted {0} and {1} min in turn, {2} times: stuck after {3} to {4} min")
  @CsvSource({
    "20, 20, 4, -1, -1",
    "20, 20, 5, 40, 100",
    "20, 20, 30, 40, 60",
    "10, 40, 30, 120, 400",
    "1, 1, 30, 10, 10",
  })
  void stuck_isBeyondTheTailOfHowLongItLasted(int one, int two, int times, long from, long to) {
    Durations durations = new Durations();
    for (int i = 0; i < times; i++) {
      durations.ended((i % 2 == 0 ? one : two) * MINUTE);
    }
    durations = Format.read(Format.bytes(durations::write), Durations::read);
    if (from < 0) {
      assertThat(durations.longest()).isEqualTo(-1);
    } else {
      assertThat(durations.longest() / MINUTE).isBetween(from, to);
      assertThat(durations.surprise(10 * durations.longest())).isGreaterThan(2.9);
    }
  }

  @ParameterizedTest(
      name = "{0} alerts heard of {1} times each: a new one is rarer than 1 in 100: {2}")
  @CsvSource({"0, 0, false", "5, 4, false", "5, 20, true", "100, 1, false", "100, 2, true"})
  void newAlert_isLoudWhereNewOnesAreRare(int alerts, int times, boolean loud) {
    Novelty novelty = new Novelty();
    for (int i = 0; i < times; i++) {
      for (int alert = 0; alert < alerts; alert++) {
        novelty.begins(i, DAY);
      }
    }
    assertThat(novelty.begins(1, DAY)).isZero();
    novelty = Format.read(Format.bytes(novelty::write), Novelty::read);
    assertThat(novelty.begins(0, DAY) >= Novelty.RARE).isEqualTo(loud);
  }

  @Test
  void manyNewAlerts_areNewsNoLonger() {
    Novelty novelty = new Novelty();
    for (int i = 0; i < 1000; i++) {
      novelty.begins(5, DAY);
    }
    int loud = 0;
    for (int i = 0; i < 1000; i++) {
      loud += novelty.begins(0, DAY) >= Novelty.RARE ? 1 : 0;
    }
    assertThat(loud).isBetween(5, 15);
  }

  @Test
  void whatWasSeen_fades() {
    Novelty novelty = new Novelty();
    for (int i = 0; i < 100; i++) {
      novelty.begins(5, DAY);
    }
    assertThat(novelty.begins(0, 200 * DAY)).isLessThan(Novelty.RARE);
  }
}
