// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecasterTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void steadyRise_isForeseenWithItsDay() {
    Outlook.Foreseen seen = foreseen(90, d -> 20 + 0.8 * d + noise(d));
    assertThat(seen.slope()).isCloseTo(0.8, within(0.05));
    // 100 - (20 + 0.8 * 89) is 8.8, which are 11 days.
    assertThat(seen.day()).isCloseTo(11, within(2.0));
    assertThat(seen.earliest()).isLessThan(seen.day());
    assertThat(seen.latest()).isGreaterThan(seen.day());
    assertThat(seen.within14()).isGreaterThan(0.5);
    assertThat(seen.words())
        .matches("exhaustion in 1\\d d \\(80 %: \\d+-\\d+ d\\), P\\(3 d\\) = .*");
  }

  @Test
  void levelSeries_isNoExhaustion() {
    Outlook.Foreseen seen = foreseen(120, d -> 60 + noise(d));
    assertThat(seen.isExhaustion()).isFalse();
    assertThat(seen.day()).isNull();
    assertThat(seen.words()).startsWith("no exhaustion foreseen in 90 d; slope ");
  }

  @Test
  void constantSeries_isCertain() {
    assertThat(foreseen(60, _ -> 50).within90()).isZero();
    assertThat(foreseen(60, _ -> 100).within3()).isEqualTo(1);
  }

  @Test
  void shortSeries_isLearnt() {
    assertThat(Forecaster.of(days(13, d -> d), 100)).isEqualTo(new Outlook.Learning(13, 14));
    assertThat(Forecaster.of(days(14, d -> d), 100)).isInstanceOf(Outlook.Foreseen.class);
    assertThat(Forecaster.of(new double[0], 100)).isEqualTo(new Outlook.Learning(0, 14));
  }

  @Test
  void spikes_changeLittle() {
    Outlook.Foreseen plain = foreseen(90, d -> 20 + 0.8 * d + noise(d));
    Outlook.Foreseen spiked = foreseen(90, d -> 20 + 0.8 * d + noise(d) + (d % 17 == 0 ? 30 : 0));
    assertThat(spiked.day()).isCloseTo(plain.day(), within(2.0));
  }

  @Test
  void cleanUp_leavesItsPace() {
    Outlook.Foreseen seen = foreseen(90, d -> (d < 60 ? 40 : 0) + 0.8 * d + noise(d));
    // 100 - 0.8 * 89 is 28.8, which are 36 days.
    assertThat(seen.day()).isCloseTo(36, within(6.0));
  }

  @Test
  void missingDays_areBridged() {
    Outlook.Foreseen seen = foreseen(90, d -> d % 10 == 3 ? Double.NaN : 20 + 0.8 * d + noise(d));
    assertThat(seen.day()).isCloseTo(11, within(3.0));
  }

  @Test
  void gapAtTheEnd_leavesThingsAsTheyWere() {
    Outlook.Foreseen seen = foreseen(90, d -> d > 87 ? Double.NaN : 20 + 0.8 * d + noise(d));
    assertThat(seen.day()).isCloseTo(13, within(3.0));
  }

  @Test
  void daysWithoutAValue_teachNothing() {
    assertThat(Forecaster.of(days(90, d -> d % 7 == 0 ? 50 + d : Double.NaN), 100))
        .isEqualTo(new Outlook.Learning(13, 14));
    assertThat(Forecaster.of(days(90, _ -> Double.NaN), 100))
        .isEqualTo(new Outlook.Learning(0, 14));
  }

  @Test
  void paceThatTurned_isGoneOnWith() {
    Outlook.Foreseen seen = foreseen(90, d -> 20 + 0.3 * d + 1.2 * Math.max(0, d - 60) + noise(d));
    // 100 - (20 + 0.3 * 89 + 1.2 * 29) is 18.5, which are 12 days at 1.5; at 0.3 they were 62.
    assertThat(seen.day()).isCloseTo(12, within(2.0));
    assertThat(seen.slope()).isCloseTo(1.5, within(0.25));
  }

  @Test
  void growthThatGrows_isNotTakenForALine() {
    Outlook.Foreseen seen = foreseen(90, d -> 20 * Math.exp(0.015 * d) + noise(d));
    // 20 e^(0.015 * 107) is 100.
    assertThat(seen.day()).isCloseTo(18, within(3.0));
  }

  @Test
  void growthThatSlows_isNotTakenForALine() {
    Outlook.Foreseen seen = foreseen(115, d -> 8.5 * Math.sqrt(d + 1) + noise(d) / 4);
    // The root of 138.4 times 8.5 is 100, 23 days ahead; at today's slope they are 22 of 0.4 each.
    assertThat(seen.day()).isCloseTo(23, within(3.0));
    assertThat(seen.slope()).isCloseTo(0.37, within(0.03));
  }

  /** Of what is found by chance is told less than of what was always so. */
  @Test
  void walk_isToldWider_thanALine() {
    IntToDoubleFunction line = d -> 50 + 0.4 * d + noise(d);
    IntToDoubleFunction walk = d -> 50 + 0.4 * d + walked(d) - walked(99);
    assertThat(width(foreseen(100, walk))).isGreaterThan(1.5 * width(foreseen(100, line)));
  }

  /** From the day on which the chance becomes 0.1, to the last by which it is not 0.9 yet. */
  @ParameterizedTest
  @CsvSource({
    "7.2, 19.8, 8, 19",
    "8, 19, 8, 19",
    "0.3, 0.9, 1, 1",
    "7.2, , 8, ",
    ", , 91, ",
  })
  void interval_isOfWholeDays(
      @Nullable Double earliest, @Nullable Double latest, int first, @Nullable Integer last) {
    Outlook.Foreseen seen =
        new Outlook.Foreseen(50, 1, 1, latest, earliest, latest, 0, 0, earliest == null ? 0 : 0.9);
    assertThat(seen.firstDay()).isEqualTo(first);
    assertThat(seen.lastDay()).isEqualTo(last);
  }

  @Test
  void regularCleanUps_areNoEndOfThePace() {
    Outlook.Foreseen seen = foreseen(110, d -> 20 + 0.6 * d + d % 11 + noise(d) / 2);
    // The day 118 is the last before a clean-up: 20 + 0.6 * 117 + 10 is 100.2 on the day before it.
    assertThat(seen.day()).isCloseTo(9, within(2.0));
    assertThat(seen.within14()).isGreaterThan(0.9);
  }

  @Test
  void noise_reachesTheLimitBeforeTheTrend() {
    Outlook.Foreseen calm = foreseen(100, d -> 50 + 0.4 * d + noise(d) / 10);
    Outlook.Foreseen wild = foreseen(100, d -> 50 + 0.4 * d + 3 * noise(d));
    assertThat(calm.day()).isCloseTo(26, within(1.5));
    assertThat(wild.day()).isLessThan(calm.day() - 4);
  }

  @Test
  void unit_changesNothing() {
    Outlook.Foreseen small = foreseen(90, d -> 20 + 0.8 * d + noise(d));
    Outlook.Foreseen large =
        (Outlook.Foreseen) Forecaster.of(days(90, d -> 1e12 * (20 + 0.8 * d + noise(d))), 1e14);
    assertThat(large.day()).isCloseTo(small.day(), within(0.01));
    assertThat(large.within14()).isCloseTo(small.within14(), within(0.002));
    assertThat(large.error()).isCloseTo(1e12 * small.error(), within(1e6));
  }

  @Test
  void warning_takesTwoDays_orThatItIsImminent() {
    Outlook likely = chances(0.1, 0.6);
    Outlook imminent = chances(0.8, 0.9);
    Outlook calm = chances(0, 0.4);
    assertThat(Warning.NONE.after(likely)).isEqualTo(Warning.LIKELY);
    assertThat(Warning.LIKELY.after(likely)).isEqualTo(Warning.EXPECTED);
    assertThat(Warning.EXPECTED.after(likely)).isEqualTo(Warning.EXPECTED);
    assertThat(Warning.NONE.after(imminent)).isEqualTo(Warning.IMMINENT);
    assertThat(Warning.IMMINENT.after(likely)).isEqualTo(Warning.EXPECTED);
    assertThat(Warning.EXPECTED.after(calm)).isEqualTo(Warning.NONE);
    assertThat(Warning.EXPECTED.after(new Outlook.Learning(3, 14))).isEqualTo(Warning.NONE);
  }

  @Test
  void resource_holdsADayAtItsHighQuarters_andIsTheSameWhenStored() {
    Resource resource = new Resource();
    for (int quarter = 0; quarter < 96; quarter++) {
      add(resource, 15 * quarter, quarter);
    }
    assertThat(resource.latest()).isNaN();
    assertThat(add(resource, 24 * 60, 7)).isEqualTo(Resource.Taken.NEW_DAY);
    assertThat(resource.latest()).isEqualTo(91);
    assertThat(add(resource, 23 * 60, 7)).isEqualTo(Resource.Taken.SKIPPED);
    assertThat(resource.add(START.plus(Duration.ofDays(2)), Double.NaN))
        .isEqualTo(Resource.Taken.SKIPPED);
    byte[] stored = resource.toBytes();
    assertThat(Resource.read(stored).toBytes()).isEqualTo(stored);
    assertThat(stored).hasSize(1758);
  }

  @Test
  void saturation_takesAHighLevelThatRisesSteadily() {
    double[] rising = {80, 82, 84, 86, 88, 90};
    assertThat(Saturation.minutes(rising, 100)).isCloseTo(75, within(0.001));
    assertThat(Saturation.minutes(rising, 200)).isNull();
    assertThat(Saturation.minutes(new double[] {90, 82, 91, 83, 90, 84}, 100)).isNull();
    assertThat(Saturation.minutes(new double[] {88, 90, 92}, 100)).isNull();
    assertThat(Saturation.minutes(new double[] {97, 98, 99, 100}, 100)).isZero();
  }

  private static Resource.Taken add(Resource resource, int minute, double value) {
    return resource.add(START.plus(Duration.ofMinutes(minute)), value);
  }

  private static Outlook chances(double within3, double within14) {
    return new Outlook.Foreseen(50, 1, 1, null, null, null, within3, within14, 0.9);
  }

  private static Outlook.Foreseen foreseen(int count, IntToDoubleFunction value) {
    return (Outlook.Foreseen) Forecaster.of(days(count, value), 100);
  }

  private static double[] days(int count, IntToDoubleFunction value) {
    return IntStream.range(0, count).mapToDouble(value).toArray();
  }

  private static double width(Outlook.Foreseen seen) {
    double latest = seen.latest() == null ? Forecaster.FARTHEST : seen.latest();
    return latest - (seen.earliest() == null ? Forecaster.FARTHEST : seen.earliest());
  }

  private static double walked(int day) {
    Random random = new Random(4);
    return IntStream.range(0, day).mapToDouble(_ -> 1.5 * random.nextGaussian()).sum();
  }

  private static double noise(int day) {
    return new Random(day).nextGaussian();
  }
}
