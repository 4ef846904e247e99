// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandoutTest {

  private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
  private static final int FIVE_MINUTES = 300;
  private static final int THREE_HOURS = 36;
  private static final int KNOWN = 2_000;
  private static final double SPIKE = 400;

  private final Detector detector = new Detector(Detector.ORDINARY);
  private final SeriesState series = new SeriesState();
  private final Random random = new Random(7);

  private void ordinary(int from, int to) {
    for (int i = from; i < to; i++) {
      detector.judge(series, at(i), 100 + 5 * random.nextGaussian());
    }
  }

  private double scoreOfASpike(int at) {
    return ((Judgement.Judged) detector.judge(series, at(at), SPIKE)).score();
  }

  private static Instant at(int sample) {
    return T0.plusSeconds((long) sample * FIVE_MINUTES);
  }

  /** Spreads and shapes need up to eight hours of samples; what there is decides until then. */
  @ParameterizedTest
  @CsvSource({"15, 0.04", "40, 0.03", "60, 0.02", "120, 0.002"})
  void whatIsNotKnownYetAfterAGap_doesNotSpeakForTheOrdinary(int samplesAfterTheGap, double apart) {
    ordinary(0, KNOWN);
    int from = KNOWN + THREE_HOURS;
    ordinary(from, from + samplesAfterTheGap);
    double afterTheGap = scoreOfASpike(from + samplesAfterTheGap);

    StandoutTest whole = new StandoutTest();
    whole.ordinary(0, KNOWN + samplesAfterTheGap);
    double withoutAGap = whole.scoreOfASpike(KNOWN + samplesAfterTheGap);

    assertThat(afterTheGap).isCloseTo(withoutAGap, Offset.offset(apart));
  }

  @Test
  void whatStoodOutBeforeAGap_isNoPartOfWhatComesAfterIt() {
    ordinary(0, KNOWN);
    for (int i = KNOWN; i < KNOWN + 5; i++) {
      scoreOfASpike(i);
    }
    int from = KNOWN + THREE_HOURS;
    for (int i = from; i < from + 5; i++) {
      assertThat(((Judgement.Judged) detector.judge(series, at(i), 100)).score()).isLessThan(0.1);
    }
  }
}
