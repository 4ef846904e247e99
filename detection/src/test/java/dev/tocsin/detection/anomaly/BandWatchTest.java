// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.anomaly.Judgement.Band;
import dev.tocsin.detection.anomaly.Judgement.Turn;
import dev.tocsin.schemas.sample.SeriesKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A series that is expected at 100, between 90 and 110, and whose scale is 5. */
class BandWatchTest {

  private static final Band BAND = new Band(100, 90, 110);

  private BandWatch watch = new BandWatch();
  private long minute;

  /**
   * A sample each minute: its value, and an exclamation mark where it stands out. The turns are
   * those of the samples.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "100 100 100 100,             NONE NONE NONE NONE",
    // off the band is said once, and again when it is far for the second time
    "100 130! 130! 130!,          NONE OFF_BAND FOR_PEOPLE FARTHER",
    "130 130!,                    NONE OFF_BAND",
    "115! 115! 115,               OFF_BAND FARTHER NONE",
    "115! 140 140,                OFF_BAND FOR_PEOPLE NONE",
    // it is back after three samples inside, none of which stands out
    "130! 100 100 100,            OFF_BAND NONE NONE BACK",
    "130! 100 100 115 100 100 100, OFF_BAND NONE NONE NONE NONE NONE BACK",
    "130! 100 100 100! 100,       OFF_BAND NONE NONE FARTHER BACK",
    // two samples in a row outside are two on one side
    "130! 70! 130! 130!,          OFF_BAND FARTHER FARTHER FOR_PEOPLE",
    "130! 100 130! 100 130!,      OFF_BAND NONE FARTHER NONE FARTHER",
    // after an episode another begins
    "130! 100 100 100 100 130!,   OFF_BAND NONE NONE BACK NONE OFF_BAND",
    "130! 130! 100 100 100 130! 130!, OFF_BAND FOR_PEOPLE NONE NONE BACK OFF_BAND FOR_PEOPLE"
  })
  void turn_isSaidOnceAndInOrder(String samples, String turns) {
    List<String> said = new ArrayList<>();
    for (String sample : samples.split(" ")) {
      said.add(next(SeriesKind.GAUGE, sample, BAND, 5).name());
    }
    assertThat(String.join(" ", said)).isEqualTo(turns);
  }

  @ParameterizedTest(name = "{0}: {4} of {1}")
  @CsvSource({
    // kind, expected, half the band, scale, value of two samples -> for people
    "GAUGE,   100,  10,    5,     140,   true",
    "GAUGE,   100,  10,    5,     60,    true",
    "COUNTER, 100,  10,    5,     60,    true",
    // outside, and not far for this series
    "GAUGE,   100,  10,    5,     119.9, false",
    "GAUGE,   100,  10,    5,     120,   true",
    // far for this series, and nobody would see it in the number
    "GAUGE,   1000, 1,     1,     1009,  false",
    "GAUGE,   1000, 1,     1,     1010,  true",
    // slower, not faster, and by a quarter
    "LATENCY, 100,  1,     1,     124,   false",
    "LATENCY, 100,  1,     1,     125,   true",
    "LATENCY, 100,  1,     1,     20,    false",
    // a ratio by two hundredths, not by what is nothing of it
    "RATIO,   0.5,  0.001, 0.001, 0.515, false",
    "RATIO,   0.5,  0.001, 0.001, 0.525, true",
    "RATIO,   0.5,  0.001, 0.001, 0.475, true",
    "RATIO,   0,    0.001, 0.001, 0.01,  false",
    "RATIO,   0,    0.001, 0.001, 0.03,  true"
  })
  void episode_isForPeople_whereItHurtsForItsKind(
      SeriesKind kind, double expected, double half, double scale, double value, boolean hurts) {
    Band band = new Band(expected, expected - half, expected + half);

    next(kind, value + "!", band, scale);
    next(kind, value + "!", band, scale);

    assertThat(watch.forPeople()).isEqualTo(hurts);
  }

  @Test
  void episode_beganWithTheFirstSampleOutside_notWithTheOneThatStoodOut() {
    next(SeriesKind.GAUGE, "100", BAND, 5);
    next(SeriesKind.GAUGE, "115", BAND, 5);
    next(SeriesKind.GAUGE, "115", BAND, 5);
    next(SeriesKind.GAUGE, "130!", BAND, 5);

    assertThat(watch.offSince(-1)).isEqualTo(2 * 60_000);
  }

  @Test
  void episodeThatBeginsInsideTheBand_beganWithThatSample_andNoneHasNoBeginning() {
    assertThat(watch.offSince(-1)).isEqualTo(-1);
    next(SeriesKind.GAUGE, "115", BAND, 5);
    next(SeriesKind.GAUGE, "100!", BAND, 5);

    assertThat(watch.offSince(-1)).isEqualTo(2 * 60_000);
  }

  @Test
  void far_countsSamplesInARowOnOneSide() {
    for (String[] row :
        new String[][] {{"120", "1"}, {"130", "2"}, {"80", "1"}, {"119", "0"}, {"120", "1"}}) {
      next(SeriesKind.GAUGE, row[0], BAND, 5);
      assertThat(watch.far()).as(row[0]).isEqualTo(Integer.parseInt(row[1]));
    }
  }

  private Turn next(SeriesKind kind, String sample, Band band, double scale) {
    double value = Double.parseDouble(sample.replace("!", ""));
    double scales = (value - band.expected()) / scale;
    Turn turn = watch.next(++minute * 60_000, kind, value, band, scales, sample.endsWith("!"));
    if (turn == Turn.BACK) {
      watch.isBack();
    }
    watch = restored(watch);
    return turn;
  }

  /** Nothing may depend on what a restart forgets. */
  private static BandWatch restored(BandWatch watch) {
    ByteBuffer bytes = ByteBuffer.allocate(64);
    watch.write(bytes);
    BandWatch restored = new BandWatch();
    restored.read(bytes.flip());
    return restored;
  }
}
