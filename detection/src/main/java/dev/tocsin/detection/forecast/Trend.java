// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import java.util.Arrays;

/**
 * One way to carry a course on: a robust line through its last days, or through their logarithms.
 *
 * @param days at most
 * @param compound whether what it grows by grows, too
 */
record Trend(int days, boolean compound) {

  /** What competes to tell the future of a series: short sees turns, long sees through noise. */
  static final Trend[] ALL = {
    new Trend(14, false),
    new Trend(21, false),
    new Trend(28, false),
    new Trend(42, false),
    new Trend(60, false),
    new Trend(120, false),
    new Trend(28, true),
    new Trend(60, true),
    new Trend(120, true)
  };

  private static final int LATELY = 5;
  private static final double LEAST = 1e-9;
  private static final double LARGEST_EXPONENT = 50;

  /**
   * Levels from a day on, as seen from that day.
   *
   * @param end the index of the last day that is known
   * @param most days ahead; index 0 of the answer is that last day
   */
  double[] path(double[] level, int end, int most) {
    int length = Math.min(days, end + 1);
    double[] seen = Arrays.copyOfRange(level, end + 1 - length, end + 1);
    if (compound) {
      for (int i = 0; i < length; i++) {
        seen[i] = Math.log(Math.max(seen[i], LEAST));
      }
    }
    double slope = Robust.slope(seen, 0, length);
    for (int i = 0; i < length; i++) {
      seen[i] -= slope * (i - length + 1);
    }
    double all = Robust.median(seen, 0, length);
    double lately = Robust.median(seen, Math.max(0, length - LATELY), length);
    double now = (all + lately) / 2;
    double[] path = new double[most + 1];
    for (int ahead = 0; ahead <= most; ahead++) {
      double at = now + slope * ahead;
      path[ahead] = compound ? Math.exp(Math.min(at, LARGEST_EXPONENT)) : at;
    }
    return path;
  }
}
