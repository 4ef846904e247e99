// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The statistics about a service, a team or everything, each with its table. */
class ScopeStatisticsTest {

  @ParameterizedTest(name = "{0} of {1} were critical, then {2} of {3}: inflated {4}")
  @CsvSource({
    "10, 100, 9, 9, false",
    "10, 100, 10, 10, true",
    "10, 100, 5, 20, false",
    "10, 100, 12, 20, true",
    "90, 100, 20, 20, false",
    "1, 40, 20, 20, false",
    "0, 100, 3, 100, false",
  })
  void severityInflation_isATailOfTheShareOfBefore(
      int criticalBefore, int before, int critical, int all, boolean inflated) {
    Severities severities = new Severities();
    long block = 1000;
    block = hour(severities, block, criticalBefore, before);
    // The hour of before has left the window.
    block = hour(severities, block, 0, 0);
    assertThat(severities.isInflated()).isFalse();
    severities = Format.read(Format.bytes(severities::write), Severities::read);
    for (int i = 0; i < all; i++) {
      severities.count(block, i < critical);
    }
    Severities.Reading reading = severities.close(block);
    assertThat(severities.isInflated()).isEqualTo(inflated);
    assertThat(reading != null).isEqualTo(inflated);
    if (inflated) {
      hour(severities, block + 1, 0, 0);
      assertThat(severities.isInflated()).isFalse();
    }
  }

  private static long hour(Severities severities, long block, int critical, int all) {
    for (int i = 0; i < all; i++) {
      severities.count(block, i < critical);
    }
    for (int i = 0; i < 12; i++) {
      severities.close(block + i);
    }
    return block + 12;
  }

  @ParameterizedTest(name = "now a:{0} b:{1} c:{2}: changed {3}")
  @CsvSource({
    "20, 10, 0, false",
    "14, 16, 0, false",
    "2, 28, 0, true",
    "0, 0, 30, true",
    "0, 0, 19, false",
    "20, 10, 1, false",
    "200, 100, 0, false",
    "200, 100, 60, true",
  })
  void mixChange_isAGTestAgainstTwoThirdsAndOneThird(int a, int b, int c, boolean changed) {
    Mix mix = new Mix();
    long block = 1000;
    for (int i = 0; i < 20; i++) {
      count(mix, block, 20, 10, 0);
      mix.close(block++);
    }
    mix.close(block++);
    mix.close(block++);
    mix.close(block++);
    assertThat(mix.isChanged()).isFalse();
    mix = Format.read(Format.bytes(mix::write), Mix::read);
    count(mix, block, a, b, c);
    Mix.Reading reading = mix.close(block);
    assertThat(mix.isChanged()).isEqualTo(changed);
    if (changed) {
      assertThat(reading.name()).isEqualTo(c > 0 ? "c" : "b");
      for (int i = 0; i < 4; i++) {
        mix.close(++block);
      }
      assertThat(mix.isChanged()).isFalse();
    }
  }

  private static void count(Mix mix, long block, int a, int b, int c) {
    for (int i = 0; i < a; i++) {
      mix.count(block, "a");
    }
    for (int i = 0; i < b; i++) {
      mix.count(block, "b");
    }
    for (int i = 0; i < c; i++) {
      mix.count(block, "c");
    }
  }

  @Test
  void names_areBounded() {
    Mix mix = new Mix();
    for (int i = 0; i < 10_000; i++) {
      mix.count(7, "x".repeat(500) + i);
      mix.count(7, "name " + i);
    }
    assertThat(Format.bytes(mix::write)).hasSizeLessThan(4_000);
  }

  @ParameterizedTest(name = "{0} times the expected, seed {1}: direction {2} within three days")
  @CsvSource({"1, 1, 0", "1, 2, 0", "1, 3, 0", "1.6, 1, 1", "1.6, 2, 1", "0.5, 1, -1", "3, 2, 1"})
  void shift_isASumOfWhatHoursAreOffBy(double times, int seed, int direction) {
    Shift shift = new Shift();
    Random random = new Random(seed);
    double expected = 20;
    for (int hour = 0; hour < 30 * 24; hour++) {
      shift.close(noisy(random, expected), expected);
    }
    assertThat(shift.isShifted()).isFalse();
    shift = Format.read(Format.bytes(shift::write), Shift::read);
    int seen = 0;
    for (int hour = 0; hour < 3 * 24; hour++) {
      Shift.Reading reading = shift.close(noisy(random, times * expected), expected);
      seen = reading == null || seen != 0 ? seen : reading.direction();
    }
    assertThat(seen).isEqualTo(direction);
    if (direction != 0) {
      for (int hour = 0; hour < 5 * 24; hour++) {
        shift.close(expected, expected);
      }
      assertThat(shift.isShifted()).isFalse();
    }
  }

  private static double noisy(Random random, double mean) {
    return Math.max(0, Math.round(mean + Math.sqrt(2 * mean) * random.nextGaussian()));
  }

  @Test
  void shift_saysNothingInItsFirstWeekNorOfTwoAlertsAnHour() {
    Shift young = new Shift();
    Shift seldom = new Shift();
    for (int hour = 0; hour < 100; hour++) {
      assertThat(young.close(hour < 50 ? 20 : 60, 20)).isNull();
    }
    for (int hour = 0; hour < 1000; hour++) {
      assertThat(seldom.close(hour < 500 ? 1 : 10, 1)).isNull();
    }
  }
}
