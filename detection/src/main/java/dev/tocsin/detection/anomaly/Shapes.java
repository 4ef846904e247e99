// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;

/**
 * The courses a series is known to take around what is expected of it: windows of residuals, each
 * as the means of its segments.
 *
 * <p>Of the values themselves a day without its peak is one more night; of the residuals it is a
 * shape that was never there.
 *
 * <p>A window far from all of them is taken up, a whole window later, in the place of the one that
 * was not met for longest: what is going on now must not become familiar while it goes on.
 */
final class Shapes {

  static final int LENGTH = 96;
  private static final int SEGMENTS = 12;
  private static final int ROWS = LENGTH / SEGMENTS;
  private static final int MOST = 64;
  private static final int FEWEST = 4;

  static final int MEMORY_BYTES = MOST * (SEGMENTS * Float.BYTES + Long.BYTES) + 96;

  /** Windows farther off than this part of all are taken up. */
  private static final double FAMILIAR = 0.97;

  private static final double FAR_RATE = 0.02;
  private static final double MEAN_RATE = 0.003;

  private final float[] known = new float[MOST * SEGMENTS];
  private final long[] metAt = new long[MOST];
  private final double[] window = new double[SEGMENTS];
  private int size;
  private double far;
  private double mean;
  private int samples;
  private long turn;

  /** How far the latest window is from the nearest known one; NaN while too few are known. */
  double distance(Recent residuals) {
    turn++;
    if (residuals.size() < LENGTH) {
      return Double.NaN;
    }
    if (residuals.size() >= 2 * LENGTH) {
      takeUp(residuals);
    }
    read(residuals, 0);
    int nearest = nearest();
    if (nearest < 0) {
      return Double.NaN;
    }
    metAt[nearest] = turn;
    if (size < FEWEST) {
      return Double.NaN;
    }
    double distance = Math.sqrt(Math.max(0, apart(nearest, Double.MAX_VALUE)) / SEGMENTS);
    samples = Math.min(samples + 1, 1 << 30);
    mean += Math.max(MEAN_RATE, 1.0 / samples) * (distance - mean);
    double step = Math.max(FAR_RATE, 1.0 / samples) * mean;
    far = samples == 1 ? distance : far + step * (distance > far ? FAMILIAR : FAMILIAR - 1);
    return distance;
  }

  private void takeUp(Recent residuals) {
    read(residuals, LENGTH);
    int nearest = nearest();
    boolean familiar =
        size >= FEWEST
            && nearest >= 0
            && Math.sqrt(apart(nearest, Double.MAX_VALUE) / SEGMENTS) <= far;
    if (familiar) {
      return;
    }
    int place = size < MOST ? size++ : longestUnmet();
    for (int i = 0; i < SEGMENTS; i++) {
      known[place * SEGMENTS + i] = (float) window[i];
    }
    metAt[place] = turn;
  }

  private void read(Recent residuals, int back) {
    for (int i = 0; i < SEGMENTS; i++) {
      window[i] = residuals.mean(back + i * ROWS, ROWS);
    }
  }

  private int nearest() {
    int nearest = -1;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      double apart = apart(i, least);
      if (apart < least) {
        least = apart;
        nearest = i;
      }
    }
    return nearest;
  }

  /** The squared distance, or something above {@code enough}. */
  private double apart(int place, double enough) {
    double sum = 0;
    int from = place * SEGMENTS;
    for (int i = 0; i < SEGMENTS && sum < enough; i++) {
      double distance = known[from + i] - window[i];
      sum += distance * distance;
    }
    return sum;
  }

  private int longestUnmet() {
    int longest = 0;
    for (int i = 1; i < size; i++) {
      longest = metAt[i] < metAt[longest] ? i : longest;
    }
    return longest;
  }

  void write(ByteBuffer out) {
    out.put((byte) size).putLong(turn).putDouble(far).putDouble(mean).putInt(samples);
    for (int i = 0; i < size; i++) {
      out.putLong(metAt[i]);
      for (int s = 0; s < SEGMENTS; s++) {
        out.putFloat(known[i * SEGMENTS + s]);
      }
    }
  }

  void read(ByteBuffer in) {
    size = in.get();
    turn = in.getLong();
    far = in.getDouble();
    mean = in.getDouble();
    samples = in.getInt();
    for (int i = 0; i < size; i++) {
      metAt[i] = in.getLong();
      for (int s = 0; s < SEGMENTS; s++) {
        known[i * SEGMENTS + s] = in.getFloat();
      }
    }
  }
}
