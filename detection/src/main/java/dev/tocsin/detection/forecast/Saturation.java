// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import org.jspecify.annotations.Nullable;

/**
 * The rule for the next hours, where days say nothing: a resource that is nearly full, and fills
 * steadily.
 */
final class Saturation {

  private static final double NEARLY_FULL = 0.8;
  private static final int LEAST = 4;
  private static final double STEADY = 3;
  private static final double WITHIN_QUARTERS = 24;
  private static final double MINUTES = 15;

  private Saturation() {}

  /**
   * Minutes until the limit is reached at the pace of the last hours; null when it is not near.
   *
   * @param quarters means of the last quarters of an hour, one hour to six, the latest last
   */
  static @Nullable Double minutes(double[] quarters, double limit) {
    if (quarters.length < LEAST) {
      return null;
    }
    double now = quarters[quarters.length - 1];
    if (now < NEARLY_FULL * limit) {
      return null;
    }
    if (now >= limit) {
      return 0.0;
    }
    double slope = Robust.slope(quarters, 0, quarters.length);
    double[] rest = quarters.clone();
    for (int i = 0; i < rest.length; i++) {
      rest[i] -= slope * i;
    }
    double risen = slope * (quarters.length - 1);
    double left = (limit - now) / slope;
    boolean steady = slope > 0 && risen > STEADY * Robust.scale(rest);
    return steady && left <= WITHIN_QUARTERS ? left * MINUTES : null;
  }
}
