// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;

/**
 * When samples of a series come: how far apart they are, gaps, and what comes too late.
 *
 * <p>What comes more often than once a minute is put together, a mean for each minute: windows are
 * counted in samples, and minutes are what incidents are made of.
 */
final class Rhythm {

  private static final long MINUTE = 60_000;

  /** From this distance on, each sample stands for itself. */
  private static final double COARSE = 40_000;

  private static final double LEAST_RATE = 0.01;
  private static final double SAME = 1.001;
  private static final double GAP = 10;
  private static final long LEAST_GAP = 60 * MINUTE;

  /** So many late ones in a row, in order: not they are wrong, but the one they are late for. */
  static final int BELIEVED = 20;

  private long last = Long.MIN_VALUE;
  private long lastLate = Long.MIN_VALUE;
  private int late;
  private double raw;
  private int samples;

  private double step;
  private long judged = Long.MIN_VALUE;
  private int steps;

  private long minute;
  private double sum;
  private int inMinute;
  private long latestInMinute;

  /** What a sample is in the rhythm. */
  enum Beat {
    /** To be judged now; {@link #value} and {@link #at} say what. */
    DUE,
    /** The minute is not over. */
    GATHERED,
    LATE,
    DUPLICATE
  }

  private double value;
  private long at;
  private boolean gap;

  Beat take(long millis, double sample) {
    if (millis <= last) {
      Beat beat = millis == last ? Beat.DUPLICATE : Beat.LATE;
      late = millis > lastLate ? late + 1 : 1;
      lastLate = millis;
      if (late < BELIEVED) {
        return beat;
      }
      judged = Long.MIN_VALUE;
      inMinute = 0;
    } else if (last != Long.MIN_VALUE) {
      raw = nearer(raw, millis - last, samples++);
    }
    late = 0;
    lastLate = Long.MIN_VALUE;
    last = millis;
    return raw > 0 && raw < COARSE ? gather(millis, sample) : due(millis, sample);
  }

  private Beat gather(long millis, double sample) {
    long now = Math.floorDiv(millis, MINUTE);
    boolean over = inMinute > 0 && now != minute;
    double mean = over ? sum / inMinute : 0;
    long latest = latestInMinute;
    if (over || inMinute == 0) {
      minute = now;
      sum = 0;
      inMinute = 0;
    }
    sum += sample;
    inMinute++;
    latestInMinute = millis;
    return over ? due(latest, mean) : Beat.GATHERED;
  }

  private Beat due(long millis, double sample) {
    gap = false;
    if (judged != Long.MIN_VALUE && millis > judged) {
      double apart = millis - judged;
      step = nearer(step, apart, steps++);
      gap = apart > GAP * step && apart > LEAST_GAP;
    }
    judged = millis;
    value = sample;
    at = millis;
    return Beat.DUE;
  }

  /** The running median of what is apart; distances that are about the same leave it. */
  private static double nearer(double median, double apart, int seen) {
    if (median == 0) {
      return apart;
    }
    double rate = 1 + Math.max(LEAST_RATE, 1.0 / (seen + 2));
    return apart > median * SAME ? median * rate : apart * SAME < median ? median / rate : median;
  }

  double value() {
    return value;
  }

  long at() {
    return at;
  }

  /** Whether nothing came for long before the one that is due. */
  boolean afterGap() {
    return gap;
  }

  /** How far apart judged samples usually are, in seconds; 0 while there is but one. */
  double step() {
    return step / 1_000;
  }

  void write(ByteBuffer out) {
    out.putLong(last).putLong(lastLate).putInt(late).putDouble(raw).putInt(samples);
    out.putDouble(step).putLong(judged).putInt(steps);
    out.putLong(minute).putDouble(sum).putInt(inMinute).putLong(latestInMinute);
  }

  void read(ByteBuffer in) {
    last = in.getLong();
    lastLate = in.getLong();
    late = in.getInt();
    raw = in.getDouble();
    samples = in.getInt();
    step = in.getDouble();
    judged = in.getLong();
    steps = in.getInt();
    minute = in.getLong();
    sum = in.getDouble();
    inMinute = in.getInt();
    latestInMinute = in.getLong();
  }
}
