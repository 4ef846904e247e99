// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.time.Instant;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Says of each sample of a series, in one pass, how far it is off the band it was expected in.
 *
 * <p>Level and spread are exponentially weighted means. A sample far off moves them no more than
 * one at three scales would, so a spike does not widen the band; but with each sample in a row
 * outside, that limit doubles, so a new level is soon the level.
 *
 * <p>The score is calibrated twice. By a Student t with {@value #FREEDOM} degrees of freedom, whose
 * tails are as heavy as those of many metrics; and by what this series did before: what recurs is
 * as frequent as it was, however far off it is. A run of samples outside counts as one occurrence,
 * and only when it has ended, since it would otherwise excuse itself.
 *
 * <p>The same samples give the same answers: there is no randomness and no clock.
 */
public final class Detector {

  static final int LEARNING = 30;
  private static final int FREEDOM = 20;
  private static final double WEIGHT = 0.01;
  private static final double CLIP = 3;

  /** The mean distance of normal values from their mean, times this, is their deviation. */
  private static final double SCALE_PER_SPREAD = Math.sqrt(Math.PI / 2);

  /** Nothing is expected more exactly than to a thousandth of its size. */
  private static final double FINEST = 1e-3;

  private static final double LEAST_SCALE = 1e-9;
  private static final double FARTHEST = 1e6;

  /** So many samples outside in a row leave the band; so many inside are back in it. */
  private static final int LEAVE_AFTER = 2;

  private static final int BACK_AFTER = 3;

  /** One sample leaves the band by itself when it is that much rarer than the threshold. */
  private static final double FAR_RARER = 100;

  private final TDistribution t = new TDistribution(FREEDOM);
  private final double threshold;
  private final double widest;

  public Detector(double threshold) {
    this.threshold = threshold;
    this.widest = t.inverseCumulativeProbability(1 - (1 - threshold) / 2);
  }

  public Judgement judge(SeriesState series, Instant at, double value) {
    if (!Double.isFinite(value)) {
      return new Judgement.Skipped(Judgement.Reason.NOT_A_NUMBER);
    }
    long millis = at.toEpochMilli();
    if (millis <= series.lastAt) {
      return new Judgement.Skipped(Judgement.Reason.LATE);
    }
    series.lastAt = millis;
    if (series.samples < LEARNING) {
      learn(series, value);
      return new Judgement.Learning(series.samples, LEARNING);
    }
    double expected = series.level;
    double scale = scale(series);
    double deviation = Math.clamp((value - expected) / scale, -FARTHEST, FARTHEST);
    double score = score(series, deviation);
    double low = expected - scale * width(series, false);
    double high = expected + scale * width(series, true);
    long offSince = series.offSince;
    Judgement.Turn turn = turn(series, millis, deviation, score);
    adapt(series, value);
    long startedAt = turn == Judgement.Turn.BACK ? offSince : series.offSince;
    return new Judgement.Judged(
        value,
        expected,
        low,
        high,
        deviation,
        score,
        turn,
        turn == Judgement.Turn.NONE ? at : Instant.ofEpochMilli(startedAt));
  }

  private static void learn(SeriesState series, double value) {
    series.samples++;
    double weight = 1.0 / series.samples;
    double residual = series.samples == 1 ? 0 : value - series.level;
    series.level = series.samples == 1 ? value : series.level + weight * residual;
    series.spread += weight * (Math.abs(residual) - series.spread);
  }

  private static double scale(SeriesState series) {
    return Math.max(
        series.spread * SCALE_PER_SPREAD, Math.max(LEAST_SCALE, Math.abs(series.level) * FINEST));
  }

  private double score(SeriesState series, double deviation) {
    double chance = 2 * t.cumulativeProbability(-Math.abs(deviation));
    return 1 - Math.clamp(Math.max(chance, series.tail.frequency(deviation)), 1e-9, 1);
  }

  /** How many scales off is still in the band, on that side. */
  private double width(SeriesState series, boolean above) {
    return Math.max(widest, series.tail.rarerThan(1 - threshold, above));
  }

  private Judgement.Turn turn(SeriesState series, long millis, double deviation, double score) {
    if (score < threshold) {
      endRun(series);
      series.tail.add(deviation);
      series.inside++;
      if (series.isOff() && series.inside >= BACK_AFTER) {
        series.offSince = Long.MIN_VALUE;
        return Judgement.Turn.BACK;
      }
      return Judgement.Turn.NONE;
    }
    if (series.outside++ == 0) {
      series.outsideSince = millis;
    }
    series.inside = 0;
    if (Math.abs(deviation) > Math.abs(series.peak)) {
      series.peak = deviation;
    }
    boolean far = 1 - score < (1 - threshold) / FAR_RARER;
    if (!series.isOff() && (far || series.outside >= LEAVE_AFTER)) {
      series.offSince = series.outsideSince;
      return Judgement.Turn.OFF_BAND;
    }
    return Judgement.Turn.NONE;
  }

  private static void endRun(SeriesState series) {
    if (series.outside > 0) {
      series.tail.add(series.peak);
      series.outside = 0;
      series.peak = 0;
    }
  }

  private static void adapt(SeriesState series, double value) {
    double limit = CLIP * scale(series) * Math.pow(2, Math.clamp(series.outside - 1L, 0, 60));
    double residual = Math.clamp(value - series.level, -limit, limit);
    double weight = Math.max(WEIGHT, 1.0 / (series.samples + 1));
    series.level += weight * residual;
    series.spread += weight * (Math.abs(residual) - series.spread);
    series.samples = Math.min(series.samples + 1, 1 << 30);
  }
}
