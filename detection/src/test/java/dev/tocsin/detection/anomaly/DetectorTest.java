// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.anomaly.Judgement.Judged;
import dev.tocsin.detection.anomaly.Judgement.Reason;
import dev.tocsin.detection.anomaly.Judgement.Skipped;
import dev.tocsin.detection.anomaly.Judgement.Turn;
import dev.tocsin.schemas.anomaly.Anomaly.Aspect;
import dev.tocsin.schemas.sample.SeriesKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectorTest {

  private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
  private static final int FIVE_MINUTES = 300;
  private static final int DAY = 288;
  private final Detector detector = new Detector(Detector.ORDINARY);

  @Test
  void constantSeries_neverStandsOut() {
    assertThat(alarms(judged(3_000, _ -> 42))).isEmpty();
  }

  @Test
  void constantSeriesThatChanges_standsOutOnceAndIsBackAtItsNewLevel() {
    List<Judged> judged = judged(2_000, i -> i < 1_000 ? 0 : 7);
    assertThat(alarms(judged)).containsExactly(1_000);
    assertThat(rows(judged, Turn.BACK)).hasSize(1).allMatch(row -> row < 1_100);
  }

  @Test
  void noise_hardlyEverStandsOut() {
    int alarms = 0;
    for (int seed = 0; seed < 10; seed++) {
      double[] noise = noise(seed, 5_000);
      List<Judged> judged = judged(5_000, i -> 100 + 5 * noise[i]);
      alarms += alarms(judged).size();
      assertThat(judged).noneMatch(Judged::forPeople);
    }
    // 50,000 samples, which are half a year: about one a week is rare, and none is for people.
    assertThat(alarms).isLessThanOrEqualTo(30);
  }

  @Test
  void spike_standsOutOnce_asAJumpOrALevel() {
    double[] noise = noise(4, 2_000);
    List<Judged> judged = judged(2_000, i -> (i == 1_000 ? 300 : 100) + 5 * noise[i]);
    assertThat(alarms(judged)).containsExactly(1_000);
    assertThat(judged.get(1_000).rarity().aspect()).isIn(Aspect.JUMP, Aspect.LEVEL);
    assertThat(judged.get(1_000).forPeople()).isFalse();
    assertThat(rows(judged, Turn.BACK)).containsExactly(1_003);
  }

  @Test
  void spikesThatRecur_areNoNewsInTheEnd() {
    double[] noise = noise(4, 10_000);
    IntToDoubleFunction spikes = i -> i > 300 && i % 100 == 99 ? 300 : 100;
    List<Integer> alarms = alarms(judged(10_000, i -> spikes.applyAsDouble(i) + 5 * noise[i]));
    assertThat(alarms).isNotEmpty().allMatch(row -> row < 2_000);
  }

  @Test
  void levelShift_isForPeopleOnce_andBecomesTheLevel() {
    double[] noise = noise(2, 4_000);
    List<Judged> judged = judged(4_000, i -> (i < 2_000 ? 100 : 160) + 5 * noise[i]);
    assertThat(rows(judged, Turn.OFF_BAND))
        .contains(2_000)
        .noneMatch(row -> row > 2_000 && row < 2_500);
    assertThat(rows(judged, Turn.FOR_PEOPLE)).containsExactly(2_001);
    assertThat(rows(judged, Turn.BACK)).anyMatch(row -> row > 2_001 && row < 2_100);
    assertThat(judged.get(2_200).band().expected()).isCloseTo(160, Offset.offset(15.0));
  }

  @Test
  void dailyCycle_isLearnt_andAValueOfAnotherHourStandsOut() {
    double[] noise = noise(1, 20 * DAY);
    int night = 14 * DAY + DAY / 2;
    List<Judged> judged =
        judged(
            15 * DAY,
            i -> {
              boolean wrong = i >= night && i < night + 24;
              return 50 - (wrong ? -1 : 1) * 20 * Math.cos(i * 2 * Math.PI / DAY) + noise[i];
            });
    assertThat(alarms(judged).stream().filter(row -> row > 2 * DAY && row < night)).isEmpty();
    assertThat(alarms(judged)).anyMatch(row -> row >= night && row < night + 24);
    double expected = judged.get(13 * DAY + DAY / 2).band().expected();
    assertThat(expected).isCloseTo(70, Offset.offset(3.0));
  }

  /** Its values by day are those of each night: only at that time of the day they are wrong. */
  @Test
  void dayWithoutItsPeak_standsOut() {
    double[] noise = noise(14, 12 * DAY);
    int day = 10 * DAY;
    List<Judged> judged =
        judged(
            11 * DAY,
            i -> {
              boolean peak = i < day && i % DAY >= 108 && i % DAY < 216;
              return peak ? 80 + 4 * noise[i] : 20 + noise[i];
            });
    assertThat(alarms(judged)).noneMatch(row -> row > 2 * DAY && row < day);
    assertThat(alarms(judged)).anyMatch(row -> row >= day);
  }

  @Test
  void moreSpread_standsOutAsVolatility() {
    double[] noise = noise(7, 4_000);
    List<Judged> judged = judged(4_000, i -> 100 + (i < 3_000 ? 1 : 3) * noise[i]);
    assertThat(judged.subList(3_003, 3_040))
        .anyMatch(j -> j.rarity().aspect() == Aspect.VOLATILITY && j.rarity().surprise() > 2.5);
  }

  @ParameterizedTest
  @CsvSource({
    // seconds between samples, jump, spread of 12, mean of 96
    "  30, 1, 1, 0",
    "  60, 1, 1, 0",
    " 134, 1, 1, 0.5",
    " 300, 1, 1, 1",
    "1039, 1, 0.5, 0.5",
    "3600, 1, 0, 0",
  })
  void weights_areThoseOfHowOftenSamplesCome(
      double step, double jump, double shortSpread, double lasting) {
    Offset<Double> about = Offset.offset(0.005);
    assertThat(Feature.JUMP.weight(step)).isEqualTo(jump);
    assertThat(Feature.SHORT_SPREAD.weight(step)).isCloseTo(shortSpread, about);
    assertThat(Feature.LASTING.weight(step)).isCloseTo(lasting, about);
  }

  @Test
  void sameSpike_countsLessInASeriesOfFewSamples() {
    assertThat(spikeAt(248)).isLessThan(0.95 * spikeAt(251));
  }

  /** How much a sample stands out that is twelve scales off, the first of its kind. */
  private double spikeAt(int row) {
    double[] noise = noise(13, 300);
    double score = judged(300, i -> i == row ? 12 : noise[i]).get(row).score();
    return score / (1 - score);
  }

  @ParameterizedTest
  @CsvSource({"1000, 0", "0.001, 0", "1, 5000", "-1, 0", "-0.25, -77"})
  void otherUnits_giveTheSameScores(double factor, double offset) {
    double[] noise = noise(8, 3_000);
    IntToDoubleFunction series = i -> 10 + noise[i] * (i % 700 > 690 ? 12 : 1);
    List<Judged> one = judged(3_000, series);
    List<Judged> other = judged(3_000, i -> factor * series.applyAsDouble(i) + offset);
    for (int i = Detector.LEARNING; i < 3_000; i++) {
      assertThat(other.get(i).score()).isCloseTo(one.get(i).score(), Offset.offset(1e-3));
    }
  }

  @Test
  void counter_isJudgedByItsRate_andMayBeginAgain() {
    double[] noise = noise(9, 2_000);
    SeriesState series = new SeriesState();
    double total = 1e9;
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      double grown = 600 + 20 * noise[i] + (i == 1_500 ? 6_000 : 0);
      total = i == 1_000 ? grown : total + grown;
      if (detector.judge(series, SeriesKind.COUNTER, at(i), total) instanceof Judged j) {
        judged.add(j);
      }
    }
    assertThat(judged)
        .filteredOn(j -> j.at().equals(at(1_500)))
        .singleElement()
        .satisfies(
            j -> {
              assertThat(j.turn()).isEqualTo(Turn.OFF_BAND);
              assertThat(j.band().expected()).isCloseTo(2, Offset.offset(0.2));
            });
    assertThat(judged).filteredOn(j -> j.at().equals(at(1_000))).noneMatch(j -> j.turn().isAlarm());
  }

  @ParameterizedTest
  @CsvSource({
    "GAUGE, 100, 160, true", "GAUGE, 100, 40, true",
    "LATENCY, 100, 160, true", "LATENCY, 100, 40, false",
    "RATIO, 0.5, 0.8, true", "RATIO, 0.005, 0.008, false"
  })
  void kind_saysWhatIsForPeople(SeriesKind kind, double level, double then, boolean forPeople) {
    double[] noise = noise(10, 1_200);
    SeriesState series = new SeriesState();
    boolean found = false;
    for (int i = 0; i < 1_010; i++) {
      double value = (i < 1_000 ? level : then) + 0.02 * level * noise[i];
      found |=
          detector.judge(series, kind, at(i), value) instanceof Judged j
              && j.turn() != Turn.BACK
              && i >= 1_000
              && j.forPeople();
    }
    assertThat(found).isEqualTo(forPeople);
  }

  @Test
  void shortSeries_isLearning_andAYoungOneSaysSo() {
    SeriesState series = new SeriesState();
    for (int i = 0; i < Detector.LEARNING; i++) {
      assertThat(detector.judge(series, at(i), i % 2 == 0 ? 1e9 : 0))
          .isInstanceOf(Judgement.Learning.class);
    }
    assertThat(((Judged) detector.judge(series, at(99), 0)).young()).isTrue();
    assertThat(judged(400, i -> i % 7).get(399).young()).isFalse();
  }

  @Test
  void samplesOfOneMinute_areJudgedTogether() {
    SeriesState series = new SeriesState();
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < 4 * 60; i++) {
      if (detector.judge(series, T0.plusSeconds(15L * i), i % 4) instanceof Judged j) {
        judged.add(j);
      }
    }
    assertThat(judged).hasSizeBetween(25, 30).allMatch(j -> j.value() == 1.5);
  }

  @Test
  void whatCannotBeUsed_isSkippedAndSaysWhy() {
    SeriesState series = new SeriesState();
    detector.judge(series, at(1), 1);
    byte[] before = series.toBytes();
    for (double value : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0, 1e200}) {
      assertThat(detector.judge(series, at(2), value)).isEqualTo(new Skipped(Reason.NOT_A_NUMBER));
    }
    assertThat(series.toBytes()).isEqualTo(before);
    assertThat(detector.judge(series, at(1), 1)).isEqualTo(new Skipped(Reason.DUPLICATE));
    assertThat(detector.judge(series, at(0), 1)).isEqualTo(new Skipped(Reason.LATE));
  }

  @Test
  void oneTimeFarAhead_costsFewSamples() {
    SeriesState series = new SeriesState();
    int skipped = 0;
    for (int i = 0; i < 200; i++) {
      Instant at = i == 50 ? at(1_000_000) : at(i);
      skipped += detector.judge(series, at, i % 5) instanceof Skipped ? 1 : 0;
    }
    assertThat(skipped).isEqualTo(Rhythm.BELIEVED - 1);
  }

  @Test
  void afterAGap_theFirstSampleIsNotReported_andTheSecondIs() {
    SeriesState series = new SeriesState();
    double[] noise = noise(11, 1_000);
    for (int i = 0; i < 1_000; i++) {
      detector.judge(series, at(i), noise[i]);
    }
    assertThat(((Judged) detector.judge(series, at(1_400), 500)).turn()).isEqualTo(Turn.NONE);
    assertThat(((Judged) detector.judge(series, at(1_401), 500)).turn()).isEqualTo(Turn.OFF_BAND);
  }

  @Test
  void hugeValues_keepEverythingFinite() {
    SeriesState series = new SeriesState();
    double[] values = {0, 1e29, -1e29, 1, 1e30, -1e30, 5e-324};
    for (int i = 0; i < 1_000; i++) {
      if (detector.judge(series, at(i), values[i % values.length]) instanceof Judged j) {
        assertThat(j.score()).isBetween(0.0, 1.0);
        assertThat(j.deviation()).isFinite();
        assertThat(j.band().low()).isFinite();
        assertThat(j.band().high()).isFinite();
        assertThat(j.band().expected()).isFinite();
      }
    }
  }

  @Test
  void state_goesOnWhereItWasStored() {
    double[] noise = noise(6, 3_000);
    SeriesState kept = new SeriesState();
    SeriesState stored = new SeriesState();
    for (int i = 0; i < 3_000; i++) {
      double value = i > 2_000 ? 500 : 100 + 5 * noise[i];
      stored = SeriesState.read(stored.toBytes());
      assertThat(detector.judge(stored, at(i), value))
          .isEqualTo(detector.judge(kept, at(i), value));
    }
    assertThat(stored.toBytes()).hasSizeLessThan(11_000).isEqualTo(kept.toBytes());
  }

  @Test
  void stateOfAnOlderFormat_isLearntAnew() {
    assertThat(SeriesState.read(new byte[] {1, 2, 3}).toBytes())
        .isEqualTo(new SeriesState().toBytes());
  }

  @Test
  void explanation_saysWhatHowFarHowRareAndWhenLast() {
    double[] noise = noise(12, 3_000);
    List<Judged> judged = judged(2_600, i -> (i == 1_000 || i == 2_500 ? 400 : 100) + 5 * noise[i]);
    assertThat(judged.get(1_000).explanation())
        .matches("4\\d\\d[.\\d]* is [\\d.]+ scales above what was expected \\(.*band .*%\\); .*")
        .contains("as one sample in")
        .contains("as far off was never seen");
    assertThat(judged.get(2_500).explanation())
        .contains("as far off was last seen 2026-11-25 21:20 UTC");
  }

  private static Instant at(int row) {
    return T0.plusSeconds((long) FIVE_MINUTES * row);
  }

  /** One for each row: of those that are learnt from, what a quiet row says. */
  private List<Judged> judged(int rows, IntToDoubleFunction values) {
    SeriesState series = new SeriesState();
    Judged quiet =
        new Judged(
            T0,
            0,
            new Judgement.Band(0, 0, 0),
            0,
            0,
            new Judgement.Rarity(0, Aspect.LEVEL, null),
            Turn.NONE,
            T0,
            false,
            true);
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      judged.add(
          detector.judge(series, at(i), values.applyAsDouble(i)) instanceof Judged j ? j : quiet);
    }
    return judged;
  }

  private static List<Integer> alarms(List<Judged> judged) {
    List<Integer> rows = new ArrayList<>(rows(judged, Turn.OFF_BAND));
    rows.addAll(rows(judged, Turn.FARTHER));
    return rows;
  }

  private static List<Integer> rows(List<Judged> judged, Turn turn) {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < judged.size(); i++) {
      if (judged.get(i).turn() == turn) {
        rows.add(i);
      }
    }
    return rows;
  }

  private static double[] noise(int seed, int rows) {
    Random random = new Random(seed);
    return random.doubles(rows).map(_ -> random.nextGaussian()).toArray();
  }
}
