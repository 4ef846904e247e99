// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import dev.tocsin.schemas.sample.SeriesKind;
import java.time.Instant;

/**
 * Says of each sample of a series, in one pass, how far it is off what was expected and how much it
 * stands out: with the same parameters for every series, and without looking ahead.
 *
 * <p>Regularised by {@link Rhythm}, a sample is compared with what the {@link Season} expected, and
 * its {@link Feature}s with what they usually are ({@link Standout}); what lasts is believed sooner
 * ({@link Persistence}), and the {@link Gate} makes episodes of what stands out. The score is
 * {@code c / (c + 0.56)}, so that {@value #ORDINARY} is where the program reports.
 *
 * <p>The same samples give the same answers: there is no randomness and no clock. docs/detection.md
 * says what was tried, and what it did.
 */
public final class Detector {

  /** The usual threshold of the score. */
  public static final double ORDINARY = 0.5;

  static final int LEARNING = 30;
  private static final double LIMIT = 0.56;

  /** Until then a judgement says that the series is still being learnt. */
  private static final int KNOWN_SAMPLES = 150;

  /** Until then the tail of a feature is fewer than ten, and what is rare is a guess. */
  private static final int SURE_SAMPLES = 250;

  /** What of how much a sample stands out counts until then. */
  private static final double UNSURE = 0.8;

  private static final long KNOWN_MILLIS = 86_400_000;

  private static final double BAND = 0.005;
  private static final double FARTHEST = 1e6;
  private static final double NEVER_MOVED = 1e3;
  private static final double LARGEST = 1e30;

  /** So many samples in a row that are far off on one side are a new level. */
  private static final int NEW_LEVEL_AFTER = 36;

  private final double limit;

  /**
   * @param threshold the score from which a sample is off its band
   */
  public Detector(double threshold) {
    this.limit = LIMIT * threshold / (1 - threshold);
  }

  public Judgement judge(SeriesState series, Instant at, double value) {
    return judge(series, SeriesKind.GAUGE, at, value);
  }

  public Judgement judge(SeriesState series, SeriesKind kind, Instant at, double value) {
    if (!(Math.abs(value) <= LARGEST)) {
      return new Judgement.Skipped(Judgement.Reason.NOT_A_NUMBER);
    }
    long millis = at.toEpochMilli();
    double measured = kind == SeriesKind.COUNTER ? series.counter.rate(millis, value) : value;
    if (Double.isNaN(measured)) {
      return new Judgement.Gathered();
    }
    return switch (series.rhythm.take(millis, measured)) {
      case LATE -> new Judgement.Skipped(Judgement.Reason.LATE);
      case DUPLICATE -> new Judgement.Skipped(Judgement.Reason.DUPLICATE);
      case GATHERED -> new Judgement.Gathered();
      case DUE -> due(series, kind);
    };
  }

  private Judgement due(SeriesState series, SeriesKind kind) {
    long millis = series.rhythm.at();
    double value = series.rhythm.value();
    if (series.rhythm.afterGap()) {
      series.recent.clear();
      series.lately.clear();
      series.persistence.clear();
    }
    series.firstAt = series.samples == 0 ? millis : series.firstAt;
    series.samples = Math.min(series.samples + 1, 1 << 30);
    long second = Math.floorDiv(millis, 1_000L);
    double forecast = series.season.expected(second);
    double expected = series.samples == 1 ? value : forecast;
    double ratio = series.season.ratio();
    Judgement.Band band = band(series, expected, ratio);
    double residual = value - expected;
    double scales = scales(residual, series.season.scale());
    series.recent.add(value);
    series.lately.add(residual);
    Standout standout = Standout.of(series, scales);
    series.residuals.add(residual / ratio);
    series.season.add(second, value, expected);
    if (series.samples <= LEARNING) {
      return new Judgement.Learning(series.samples, LEARNING);
    }
    double combined = passed(series, standout, scales);
    Judgement.Turn turn = series.watch.next(millis, kind, value, band, scales, combined >= limit);
    if (series.watch.far() == NEW_LEVEL_AFTER) {
      isNewLevel(series, residual);
    }
    Judgement.Rarity rarity =
        new Judgement.Rarity(
            standout.surprise(), standout.most().aspect, series.sightings.last(scales));
    series.sightings.add(scales, millis);
    Judgement.Judged judged =
        new Judgement.Judged(
            Instant.ofEpochMilli(millis),
            value,
            band,
            scales,
            combined / (combined + LIMIT),
            rarity,
            turn,
            Instant.ofEpochMilli(series.watch.offSince(millis)),
            series.watch.forPeople(),
            series.samples < KNOWN_SAMPLES || millis - series.firstAt < KNOWN_MILLIS);
    if (turn == Judgement.Turn.BACK) {
      series.watch.isBack();
    }
    return judged;
  }

  private static Judgement.Band band(SeriesState series, double expected, double ratio) {
    return new Judgement.Band(
        expected,
        expected - ratio * series.residuals.exceededBy(BAND, false),
        expected + ratio * series.residuals.exceededBy(BAND, true));
  }

  private static double scales(double residual, double scale) {
    double scales = scale == 0 ? Math.signum(residual) * NEVER_MOVED : residual / scale;
    return Math.clamp(scales, -FARTHEST, FARTHEST);
  }

  /** The first sample after a gap is compared with what was long before, and not reported. */
  private double passed(SeriesState series, Standout standout, double scales) {
    if (series.rhythm.afterGap()) {
      return 0;
    }
    double sure = (series.samples < SURE_SAMPLES ? UNSURE : 1) * standout.combined();
    double step = series.rhythm.step();
    double lasting = series.persistence.weigh(sure, step);
    return series.gate.pass(lasting, scales, standout.traits(), limit, step);
  }

  /** It is said once that the series left its band; that it stays there becomes its band. */
  private static void isNewLevel(SeriesState series, double residual) {
    series.season.shift(residual);
    series.residuals.fade();
    for (Tail tail : series.tails) {
      tail.fade();
    }
  }
}
