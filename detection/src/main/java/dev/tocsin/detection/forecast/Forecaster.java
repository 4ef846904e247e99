// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Says when the daily values of a resource will reach its limit, with the chance of each day: the
 * same parameters for every series. docs/detection.md says what was tried, and what it did.
 *
 * <p>{@link Cycles} are taken out, {@link Ways} are found in what is left, and {@link Futures} tell
 * how many of them have reached the limit by a day.
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

  /** What would have been told so many days ago is compared with the week that came then. */
  private static final int[] LOOKED_BACK = {14, 21, 28, 35};

  private static final int WEEK = 7;

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
    double[] chance = Futures.chances(ways, level[level.length - 1], cycles.ahead(), nearly);
    return new Outlook.Foreseen(
        ways.in(0),
        (ways.in(SLOPE_OVER) - ways.in(0)) / SLOPE_OVER,
        error(level, ways.noise()),
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

  /** How far off the level two weeks ahead would have been, in the middle of some days. */
  private static double error(double[] level, Noise noise) {
    double[] errors = new double[LOOKED_BACK.length];
    int count = 0;
    for (int back : LOOKED_BACK) {
      int then = level.length - back;
      if (then >= NEEDED) {
        errors[count++] = error(level, then, back, noise);
      }
    }
    if (count == 0) {
      int back = level.length / 3;
      return error(level, level.length - back, back, noise);
    }
    return Robust.median(errors, 0, count);
  }

  private static double error(double[] level, int then, int back, Noise noise) {
    Ways told = Ways.of(Arrays.copyOf(level, then), noise);
    int last = then + Math.min(PLANNED, back);
    int first = Math.max(then, last - WEEK);
    double came = Robust.median(level, first, last);
    return Math.abs(came - told.in((first + last - 1) / 2.0 - (then - 1)));
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
