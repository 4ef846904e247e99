// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.benchmarks.detection.LabelledSeries.Window;
import dev.tocsin.benchmarks.detection.NabScore.Profile;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoresTest {

  /** A hundred rows, of which 15 are for learning, and a window of ten. */
  private static final LabelledSeries SERIES =
      new LabelledSeries("d", "s", new long[100], new double[100], List.of(new Window(50, 59)));

  @ParameterizedTest
  @CsvSource({
    // The left edge is worth 1; the last row 2 sigma(0.5) - 1 of the 0.98661 that makes it 1.
    "50, -1, 100",
    "59, -1, 62.4",
    "14, -1, 0",
    // A false row before any window costs 0.11 of the 2 there are; long after one, too.
    "50, 20, 94.5",
    "50, 90, 94.5",
    // Just after a window it costs 2 sigma(5/9) - 1 of that.
    "50, 60, 98.5"
  })
  void nabScore_isThatOfTheWorthOfRows(int row, int other, double expected) {
    double[] scores = new double[100];
    scores[row] = 0.9;
    if (other >= 0) {
      scores[other] = 0.9;
    }
    NabScore score = NabScore.of(NabScore.rank(List.of(SERIES), List.of(scores)), Profile.STANDARD);
    assertThat(score.normalised()).isCloseTo(expected, Offset.offset(0.05));
  }

  @Test
  void threshold_isTheBestOfAll() {
    double[] scores = new double[100];
    scores[20] = 0.7;
    scores[52] = 0.8;
    NabScore score = NabScore.of(NabScore.rank(List.of(SERIES), List.of(scores)), Profile.STANDARD);
    assertThat(score.threshold()).isEqualTo(0.8);
    assertThat(score.hits()).isEqualTo(1);
    assertThat(score.falseRows()).isZero();
  }

  @Test
  void silence_isZero_andRowsNeverSeenAreNoDetections() {
    double[] scores = new double[100];
    java.util.Arrays.fill(scores, Double.NaN);
    NabScore score =
        NabScore.of(NabScore.rank(List.of(SERIES), List.of(scores)), Profile.LOW_FALSE_NEGATIVES);
    assertThat(score.normalised()).isZero();
  }

  @Test
  void eventScore_mergesAlarmsAndToleratesTwoRows() {
    double[] scores = new double[100];
    for (int row : new int[] {10, 40, 48, 54, 61, 80}) {
      scores[row] = 1;
    }
    // Row 10 is for learning; 48, 54 (and no farther than 6 apart) are one alarm; 61 is another.
    EventScore score = EventScore.of(SERIES, scores, 0.5);
    assertThat(score).isEqualTo(new EventScore(1, 1, 4, 2));
    assertThat(score.precision()).isEqualTo(0.5);
    assertThat(score.f1()).isCloseTo(2.0 / 3, Offset.offset(1e-9));
  }
}
