// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Says when the daily values of a resource will reach its limit, with the chance of each day: the
 * same parameters for every series. docs/detection.md says what was tried, and what it did.
 *
 * <p>{@link Course} takes out what is no trend, {@link Blend} carries it on, and the chance that
 * the limit is reached by a day is that of an error as large as the room that is left then.
 */
public final class Forecaster {

  /** Days ahead that are looked at. */
  public static final int FARTHEST = 90;

  static final int NEEDED = 14;
  private static final int MEMORY = 120;
  private static final int SOON = 3;
  private static final int SLOPE_OVER = 28;
  private static final int PLANNED = 14;
  private static final double TAIL = 0.1;
  private static final double SMALLEST = 1e-9;

  /** Heavier tails than normal ones, since past errors are few. */
  private static final TDistribution ERRORS = new TDistribution(5);

  private Forecaster() {}

  /**
   * @param days one value a day, the latest last; NaN where there was none
   */
  public static Outlook of(double[] days, double limit) {
    double[] known = filled(days);
    if (known.length < NEEDED) {
      return new Outlook.Learning(known.length, NEEDED);
    }
    Course course = Course.of(known);
    Blend blend = Blend.of(course, FARTHEST);
    double[] chance = chances(course, blend, limit);
    return new Outlook.Foreseen(
        blend.path()[0],
        (blend.path()[SLOPE_OVER] - blend.path()[0]) / SLOPE_OVER,
        blend.error(),
        day(chance, 0.5),
        day(chance, TAIL),
        day(chance, 1 - TAIL),
        chance[SOON],
        chance[PLANNED],
        chance[FARTHEST]);
  }

  /** From the first day that is known, at most so many; a gap takes the value before it. */
  private static double[] filled(double[] days) {
    double[] filled = Arrays.copyOfRange(days, Math.max(0, days.length - MEMORY), days.length);
    int first = 0;
    while (first < filled.length && Double.isNaN(filled[first])) {
      first++;
    }
    for (int i = first + 1; i < filled.length; i++) {
      filled[i] = Double.isNaN(filled[i]) ? filled[i - 1] : filled[i];
    }
    return Arrays.copyOfRange(filled, first, filled.length);
  }

  /** The chance that the limit is reached by a day, by days ahead; index 0 is today. */
  private static double[] chances(Course course, Blend blend, double limit) {
    double[] chance = new double[FARTHEST + 1];
    double most = Double.NEGATIVE_INFINITY;
    for (int h = 1; h <= FARTHEST; h++) {
      most = Math.max(most, blend.path()[h] + course.weekdayIn(h));
      double room = limit - most;
      double scale = blend.scale()[h];
      chance[h] = Math.max(chance[h - 1], chance(room, scale, SMALLEST * Math.abs(limit)));
    }
    return chance;
  }

  /** What is smaller than {@code nothing} is what is left of sums of a constant series. */
  private static double chance(double room, double scale, double nothing) {
    if (scale <= nothing) {
      return room <= nothing ? 1 : 0;
    }
    return ERRORS.cumulativeProbability(-room / scale);
  }

  /** The day by which the chance is so much, between days in proportion; null when never. */
  private static @Nullable Double day(double[] chance, double wanted) {
    for (int h = 1; h < chance.length; h++) {
      if (chance[h] >= wanted) {
        double before = chance[h - 1];
        return h - 1 + (wanted - before) / (chance[h] - before);
      }
    }
    return null;
  }
}
