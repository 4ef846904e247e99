// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

/**
 * What is left of daily values when spikes, weekdays and steps are taken out: what a trend is seen
 * in.
 *
 * @param level one a day, the latest last
 * @param weekday what a weekday adds, by the day's number modulo 7
 * @param noise the scale of the rest
 */
record Course(double[] level, double[] weekday, double noise) {

  private static final int WEEK = 7;
  private static final int HALF_WEEK = 3;

  /** So many scales off its neighbours, a day is a spike. */
  private static final double SPIKE = 4;

  /** So many scales between one week and the next are a step. */
  private static final double STEP = 6;

  private static final int WEEKS = 8;

  /** A third step up, or a second one down, is no exception but the way of the series. */
  private static final int MOST_UP = 2;

  private static final int MOST_DOWN = 1;

  static Course of(double[] days) {
    double[] level = withoutSpikes(days);
    double[] weekday = weekdays(level);
    for (int i = 0; i < level.length; i++) {
      level[i] -= weekday[i % WEEK];
    }
    level = withoutSteps(level);
    return new Course(level, weekday, noise(level));
  }

  int days() {
    return level.length;
  }

  /** What the weekday adds that many days after the latest. */
  double weekdayIn(int days) {
    return weekday[(level.length - 1 + days) % WEEK];
  }

  private static double[] withoutSpikes(double[] days) {
    double[] usual = new double[days.length];
    double[] off = new double[days.length];
    for (int i = 0; i < days.length; i++) {
      int from = Math.max(0, i - HALF_WEEK);
      int to = Math.min(days.length, i + HALF_WEEK + 1);
      usual[i] = Robust.median(days, from, to);
      off[i] = days[i] - usual[i];
    }
    double most = SPIKE * Robust.scale(off);
    double[] clean = days.clone();
    for (int i = 0; i < days.length; i++) {
      if (Math.abs(off[i]) > most && most > 0) {
        clean[i] = usual[i];
      }
    }
    return clean;
  }

  /** Of each weekday, the middle distance from its week: shrunk, since there are few of each. */
  private static double[] weekdays(double[] clean) {
    double[][] off = new double[WEEK][WEEKS + 1];
    int[] count = new int[WEEK];
    int last = clean.length - 1 - HALF_WEEK;
    for (int i = Math.max(HALF_WEEK, last - WEEKS * WEEK + 1); i <= last; i++) {
      double mean = 0;
      for (int j = i - HALF_WEEK; j <= i + HALF_WEEK; j++) {
        mean += clean[j] / WEEK;
      }
      off[i % WEEK][count[i % WEEK]++] = clean[i] - mean;
    }
    double[] weekday = new double[WEEK];
    double mean = 0;
    for (int d = 0; d < WEEK; d++) {
      weekday[d] =
          count[d] < 2 ? 0 : Robust.median(off[d], 0, count[d]) * count[d] / (count[d] + 1.0);
      mean += weekday[d] / WEEK;
    }
    for (int d = 0; d < WEEK; d++) {
      weekday[d] -= mean;
    }
    return weekday;
  }

  private static double[] withoutSteps(double[] level) {
    int n = level.length;
    double slope = Robust.slope(level, Math.max(0, n - 60), n);
    double least = STEP * noise(level);
    double[] jump = new double[n];
    for (int i = HALF_WEEK; i <= n - HALF_WEEK; i++) {
      int from = Math.max(0, i - WEEK + 1);
      int to = Math.min(n, i + WEEK - 1);
      jump[i] =
          Robust.median(level, i, to) - Robust.median(level, from, i) - slope * (to - from) / 2;
    }
    double[] size = new double[n];
    int up = 0;
    int down = 0;
    for (int i = HALF_WEEK; i <= n - HALF_WEEK; i++) {
      if (Math.abs(jump[i]) > least && isLargest(jump, i)) {
        size[steepest(level, i, Math.signum(jump[i]))] = jump[i];
        up += jump[i] > 0 ? 1 : 0;
        down += jump[i] < 0 ? 1 : 0;
      }
    }
    double[] aligned = level.clone();
    for (int i = 0; i < n; i++) {
      if (size[i] > 0 && up <= MOST_UP || size[i] < 0 && down <= MOST_DOWN) {
        for (int before = 0; before < i; before++) {
          aligned[before] += size[i];
        }
      }
    }
    return aligned;
  }

  private static boolean isLargest(double[] jump, int at) {
    double own = Math.abs(jump[at]);
    for (int i = Math.max(0, at - WEEK + 1); i < Math.min(jump.length, at + WEEK); i++) {
      if (Math.abs(jump[i]) > own || Math.abs(jump[i]) == own && i < at) {
        return false;
      }
    }
    return true;
  }

  /** The day near this one whose own move is the largest in that direction. */
  private static int steepest(double[] level, int near, double direction) {
    int best = near;
    for (int i = Math.max(1, near - HALF_WEEK);
        i <= Math.min(level.length - 1, near + HALF_WEEK);
        i++) {
      if (direction * (level[i] - level[i - 1]) > direction * (level[best] - level[best - 1])) {
        best = i;
      }
    }
    return best;
  }

  /** From one day to the next; a fifth is taken off, as it is that of two days. */
  private static double noise(double[] level) {
    double[] moves = new double[level.length - 1];
    for (int i = 0; i < moves.length; i++) {
      moves[i] = level[i + 1] - level[i];
    }
    return 0.8 * Robust.scale(moves);
  }
}
