// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Says when the daily values of a resource will reach its limit, with the chance of each day: the
 * same parameters for every series. docs/detection.md says what was tried, and what it did.
 *
 * <p>{@link Cycles} are taken out, {@link Ways} are found in what is left, and {@link Futures} tell
 * how many of them have reached the limit by a day, as far apart as {@link Hindsight} has them.
 */
public final class Forecaster {

  /** Days ahead that are looked at. */
  public static final int FARTHEST = 90;

  /** Days with a value, before anything is said. */
  public static final int NEEDED = 14;

  private static final int MEMORY = 120;
  private static final int SOON = 3;
  private static final int SLOPE_OVER = 28;
  private static final int PLANNED = 14;
  private static final double TAIL = 0.1;

  /** In parts of the limit: what is nearer has reached it. */
  private static final double SMALLEST = 1e-7;

  private Forecaster() {}

  /**
   * @param days one value a day, the latest last; NaN where there was none
   */
  public static Outlook of(double[] days, double limit) {
    double[] kept = Arrays.copyOfRange(days, Math.max(0, days.length - MEMORY), days.length);
    int count = (int) Arrays.stream(kept).filter(day -> !Double.isNaN(day)).count();
    if (count < NEEDED) {
      return new Outlook.Learning(count, NEEDED);
    }
    double[] known = filled(kept);
    Cycles cycles = Cycles.of(known, FARTHEST);
    double[] level = cycles.level();
    Ways ways = Ways.of(level);
    double nearly = limit - SMALLEST * Math.abs(limit);
    Hindsight past = Hindsight.of(level);
    Futures.Start start = new Futures.Start(level[level.length - 1], cycles.ahead(), nearly);
    double[] chance = Futures.chances(ways, start, past.wide());
    return new Outlook.Foreseen(
        ways.in(0),
        (ways.in(SLOPE_OVER) - ways.in(0)) / SLOPE_OVER,
        past.error(),
        day(chance, 0.5),
        day(chance, TAIL),
        day(chance, 1 - TAIL),
        chance[SOON],
        chance[PLANNED],
        chance[FARTHEST]);
  }

  /** From the first day that is known; a gap is bridged, and one at the end stays as it was. */
  private static double[] filled(double[] days) {
    double[] filled = days.clone();
    int first = 0;
    while (Double.isNaN(filled[first])) {
      first++;
    }
    int before = first;
    for (int i = first + 1; i < filled.length; i++) {
      if (!Double.isNaN(filled[i])) {
        bridge(filled, before, i);
        before = i;
      }
    }
    Arrays.fill(filled, before, filled.length, filled[before]);
    return Arrays.copyOfRange(filled, first, filled.length);
  }

  private static void bridge(double[] days, int from, int to) {
    double each = (days[to] - days[from]) / (to - from);
    for (int i = from + 1; i < to; i++) {
      days[i] = days[from] + each * (i - from);
    }
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
