// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import java.util.Arrays;

/** Middles and scales that single wild values do not move. */
final class Robust {

  /** The scale of normal noise is so many times its median absolute deviation. */
  private static final double NORMAL = 1.4826;

  private Robust() {}

  /** The median of {@code values} from one index to before another. */
  static double median(double[] values, int from, int to) {
    double[] sorted = Arrays.copyOfRange(values, from, to);
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static double scale(double[] values) {
    double middle = median(values, 0, values.length);
    double[] off = new double[values.length];
    for (int i = 0; i < off.length; i++) {
      off[i] = Math.abs(values[i] - middle);
    }
    return NORMAL * median(off, 0, off.length);
  }

  /** Theil and Sen's slope: the median of the slopes of pairs, here of those well apart. */
  static double slope(double[] values, int from, int to) {
    int length = to - from;
    int apart = Math.max(1, length / 4);
    int step = Math.max(1, length / 28);
    double[] slopes = new double[length * length / 2];
    int count = 0;
    for (int i = from; i < to; i += step) {
      for (int j = i + apart; j < to; j += step) {
        slopes[count++] = (values[j] - values[i]) / (j - i);
      }
    }
    return median(slopes, 0, count);
  }
}
