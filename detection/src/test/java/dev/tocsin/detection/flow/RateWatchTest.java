// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateWatchTest {

  private static final int DAY = 1440;
  private RateWatch watch = new RateWatch();
  private final List<RateWatch.Turn> turns = new ArrayList<>();
  private int minute;

  /** What is usual is one alert every second minute; then so many a minute for so long. */
  @ParameterizedTest(name = "{0} a minute for {1} min after {2} days: {3} storms")
  @CsvSource({
    // rate, minutes, days of learning, storms
    "0, 30, 3, 0",
    "1, 60, 3, 0",
    "5, 10, 3, 1",
    "40, 1, 3, 1",
    "7, 1, 3, 0",
    "40, 30, 3, 1",
    "40, 30, 0, 0",
  })
  void storm_isFarMoreThanThisHourHas(int rate, int minutes, int days, int storms) {
    pass(days * DAY, m -> m % 2);
    pass(minutes, _ -> rate);
    pass(30, m -> m % 2);
    assertThat(turns.stream().filter(t -> t instanceof RateWatch.Turn.Begins)).hasSize(storms);
    assertThat(turns.stream().filter(t -> t instanceof RateWatch.Turn.Ends)).hasSize(storms);
  }

  @Test
  void storm_isToldInItsSecondMinute() {
    pass(3 * DAY, m -> m % 2);
    pass(10, _ -> 40);
    assertThat(turns)
        .singleElement()
        .isInstanceOfSatisfying(
            RateWatch.Turn.Begins.class,
            begins -> {
              assertThat(begins.minute()).isEqualTo(3 * DAY + 1);
              assertThat(begins.reading().count()).isBetween(80.0, 83.0);
              assertThat(begins.reading().mean()).isBetween(2.0, 3.0);
              assertThat(begins.reading().high()).isBetween(8.0, 20.0);
            });
  }

  @Test
  void busyHour_isNoStorm_andTheSameAtNightIsOne() {
    IntUnaryOperator busyAtNoon = m -> m % DAY / 60 == 12 ? 30 : m % 2;
    pass(10 * DAY, busyAtNoon);
    turns.clear();
    pass(DAY, busyAtNoon);
    assertThat(turns).isEmpty();
    pass(3 * 60, busyAtNoon);
    pass(10, _ -> 30);
    assertThat(turns).hasSize(1);
  }

  @Test
  void storms_teachNoStorms() {
    pass(3 * DAY, m -> m % 2);
    for (int day = 0; day < 10; day++) {
      pass(10, _ -> 40);
      pass(DAY - 10, m -> m % 2);
    }
    assertThat(turns).hasSize(20);
  }

  @Test
  void whatGoesOn_isLearntAnew() {
    pass(3 * DAY, m -> m % 2);
    pass(3 * DAY, _ -> 20);
    assertThat(turns).hasSize(2);
    pass(10, _ -> 200);
    assertThat(turns).hasSize(3);
  }

  @Test
  void longSilence_costsLittleAndIsLearnt() {
    pass(3 * DAY, m -> m % 2);
    minute += 400 * DAY;
    assertThat(watch.hasNext(minute)).isTrue();
    int steps = 0;
    while (watch.hasNext(minute)) {
      watch.next(minute);
      steps++;
    }
    assertThat(steps).isLessThanOrEqualTo(7 * DAY);
    assertThat(watch.reading().mean()).isLessThan(2.5);
  }

  @Test
  void storedState_judgesAsTheKeptOne() {
    pass(3 * DAY, m -> m % 2);
    watch = Format.read(Format.bytes(watch::write), RateWatch::read);
    pass(1, _ -> 40);
    watch = Format.read(Format.bytes(watch::write), RateWatch::read);
    pass(9, _ -> 40);
    assertThat(turns).hasSize(1);
    assertThat(Format.bytes(watch::write)).hasSizeLessThan(400);
  }

  private void pass(int minutes, IntUnaryOperator count) {
    for (int i = 0; i < minutes; i++) {
      watch.count(minute, count.applyAsInt(minute));
      minute++;
      while (watch.hasNext(minute)) {
        RateWatch.Turn turn = watch.next(minute);
        if (turn != null) {
          turns.add(turn);
        }
      }
    }
  }
}
