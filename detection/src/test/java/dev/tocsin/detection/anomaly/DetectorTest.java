// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.anomaly.Judgement.Judged;
import dev.tocsin.detection.anomaly.Judgement.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class DetectorTest {

  private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
  private final Detector detector = new Detector(0.999);

  /** The rows at which the series left its band, or came back to it. */
  private record Turns(List<Integer> off, List<Integer> back) {}

  @Test
  void constantSeries_isNeverOffItsBand() {
    assertThat(turns(3_000, i -> 42).off()).isEmpty();
  }

  @Test
  void constantSeriesThatChanges_isOffOnceAndBackAtItsNewLevel() {
    Turns turns = turns(2_000, i -> i < 1_000 ? 0 : 7);
    assertThat(turns.off()).containsExactly(1_000);
    assertThat(turns.back()).hasSize(1).allMatch(row -> row < 1_100);
  }

  @Test
  void noise_isHardlyEverOffItsBand() {
    int alarms = 0;
    for (int seed = 0; seed < 20; seed++) {
      double[] noise = noise(seed, 5_000);
      alarms += turns(5_000, i -> 100 + 5 * noise[i]).off().size();
    }
    // 100,000 samples.
    assertThat(alarms).isLessThanOrEqualTo(10);
  }

  @Test
  void dailyCycle_isLearnt() {
    double[] noise = noise(1, 8_640);
    Turns turns = turns(8_640, i -> 50 + 20 * Math.sin(i * 2 * Math.PI / 288) + noise[i]);
    assertThat(turns.off()).isEmpty();
  }

  @Test
  void levelShift_isFoundAtOnceAndBecomesTheLevel() {
    double[] noise = noise(2, 3_000);
    Turns turns = turns(3_000, i -> (i < 1_500 ? 100 : 160) + 5 * noise[i]);
    assertThat(turns.off()).hasSize(1).allMatch(row -> row >= 1_500 && row <= 1_502);
    assertThat(turns.back()).hasSize(1).allMatch(row -> row < 1_600);
  }

  @Test
  void spike_isFoundAndDoesNotWidenTheBandForLong() {
    double[] noise = noise(3, 2_000);
    Turns turns = turns(2_000, i -> i == 1_000 ? 300 : 100 + 5 * noise[i]);
    assertThat(turns.off()).containsExactly(1_000);
    assertThat(turns.back()).containsExactly(1_003);
    SeriesState series = new SeriesState();
    double before = 0;
    double after = 0;
    for (int i = 0; i <= 1_001; i++) {
      double value = i == 1_000 ? 300 : 100 + 5 * noise[i];
      if (detector.judge(series, T0.plusSeconds(60L * i), value) instanceof Judged j) {
        before = i == 999 ? j.high() - j.low() : before;
        after = j.high() - j.low();
      }
    }
    assertThat(after).isLessThan(2 * before);
  }

  @Test
  void spikesThatRecur_areNoNewsInTheEnd() {
    double[] noise = noise(4, 10_000);
    Turns turns = turns(10_000, i -> i % 100 == 99 ? 300 : 100 + 5 * noise[i]);
    assertThat(turns.off()).isNotEmpty().hasSizeLessThan(5);
  }

  @Test
  void shortSeries_isLearning() {
    SeriesState series = new SeriesState();
    for (int i = 0; i < Detector.LEARNING; i++) {
      assertThat(detector.judge(series, T0.plusSeconds(i), i % 2 == 0 ? 1e9 : 0))
          .isInstanceOf(Judgement.Learning.class);
    }
    assertThat(detector.judge(series, T0.plusSeconds(99), 0)).isInstanceOf(Judged.class);
  }

  @Test
  void valuesThatAreNone_areSkippedAndChangeNothing() {
    SeriesState series = new SeriesState();
    detector.judge(series, T0, 1);
    byte[] before = series.toBytes();
    for (double value :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertThat(detector.judge(series, T0.plusSeconds(1), value))
          .isEqualTo(new Judgement.Skipped(Judgement.Reason.NOT_A_NUMBER));
    }
    assertThat(detector.judge(series, T0, 1))
        .isEqualTo(new Judgement.Skipped(Judgement.Reason.LATE));
    assertThat(detector.judge(series, T0.minusSeconds(5), 1))
        .isEqualTo(new Judgement.Skipped(Judgement.Reason.LATE));
    assertThat(series.toBytes()).isEqualTo(before);
  }

  @Test
  void hugeValues_keepEverythingFinite() {
    SeriesState series = new SeriesState();
    double[] values = {0, 1e300, -1e300, 1, 1e308, -1e308, 5e-324};
    for (int i = 0; i < 1_000; i++) {
      if (detector.judge(series, T0.plusSeconds(i), values[i % values.length])
          instanceof Judged j) {
        assertThat(j.score()).isBetween(0.0, 1.0);
        assertThat(j.expected()).isFinite();
        assertThat(j.deviation()).isFinite();
        assertThat(j.low()).isFinite();
        assertThat(j.high()).isFinite();
      }
    }
  }

  @Test
  void score_andBandAgree() {
    double[] noise = noise(5, 4_000);
    SeriesState series = new SeriesState();
    for (int i = 0; i < 4_000; i++) {
      double value = 10 * noise[i] * (i % 50 == 0 ? 8 : 1);
      if (detector.judge(series, T0.plusSeconds(i), value) instanceof Judged j
          && j.score() < 0.99) {
        assertThat(value).isBetween(j.low(), j.high());
      }
    }
  }

  @Test
  void state_isOfOneSizeAndGoesOnWhereItWasStored() {
    double[] noise = noise(6, 3_000);
    SeriesState kept = new SeriesState();
    SeriesState stored = new SeriesState();
    for (int i = 0; i < 3_000; i++) {
      double value = i > 2_000 ? 500 : 100 + 5 * noise[i];
      Instant at = T0.plusSeconds(i);
      stored = SeriesState.read(stored.toBytes());
      assertThat(detector.judge(stored, at, value)).isEqualTo(detector.judge(kept, at, value));
    }
    assertThat(stored.toBytes()).hasSizeLessThan(300).isEqualTo(kept.toBytes());
  }

  @Test
  void explanation_saysHowFarOffAndHowRare() {
    SeriesState series = new SeriesState();
    Judged last = null;
    for (int i = 0; i <= 500; i++) {
      Judgement judgement = detector.judge(series, T0.plusSeconds(i), i == 500 ? 90 : 10 + i % 3);
      last = judgement instanceof Judged j ? j : last;
    }
    assertThat(last.turn()).isEqualTo(Turn.OFF_BAND);
    assertThat(last.explanation()).contains("90 is").contains("scales above").contains("band");
  }

  private Turns turns(int rows, IntToDoubleFunction values) {
    SeriesState series = new SeriesState();
    Turns turns = new Turns(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < rows; i++) {
      if (detector.judge(series, T0.plusSeconds(60L * i), values.applyAsDouble(i))
          instanceof Judged j) {
        switch (j.turn()) {
          case OFF_BAND -> turns.off().add(i);
          case BACK -> turns.back().add(i);
          case NONE -> {}
        }
      }
    }
    return turns;
  }

  private static double[] noise(int seed, int rows) {
    Random random = new Random(seed);
    return random.doubles(rows).map(_ -> random.nextGaussian()).toArray();
  }
}
