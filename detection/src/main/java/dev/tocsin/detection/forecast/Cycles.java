// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

/**
 * What comes again in daily values, taken out of them: weekdays, and clean-ups that come at regular
 * times. Days that are spikes are replaced before.
 *
 * @param level the values without spikes and cycles, the latest last
 * @param ahead what the cycles add that many days after the latest
 */
record Cycles(double[] level, double[] ahead) {

  private static final int HALF_WEEK = 3;
  private static final int WEEK = 7;

  /** So many scales off its neighbours, a day is a spike. */
  private static final double SPIKE = 4;

  private static final int SHORTEST = 2;
  private static final int LONGEST = 30;

  /** One within the other, such as weekdays and a clean-up every twelve days. */
  private static final int MOST = 2;

  /**
   * A cycle is taken out when the other times around tell a day with so much less square error than
   * nothing does. Weeks are everywhere and need little proof; of the many other lengths one always
   * fits by chance.
   */
  private static final double PROVEN_WEEK = 0.97;

  private static final double PROVEN = 0.7;

  /** What one length of cycle would add to each of its days, and how well that tells them. */
  private record Shape(double[] adds, double left) {

    boolean isProven() {
      return left < (adds.length == WEEK ? PROVEN_WEEK : PROVEN);
    }
  }

  static Cycles of(double[] days, int most) {
    double[] level = withoutSpikes(days);
    double[] ahead = new double[most + 1];
    int before = 0;
    for (int round = 0; round < MOST; round++) {
      Shape best = null;
      for (int length = SHORTEST; length <= Math.min(LONGEST, level.length / 3); length++) {
        Shape shape = length == before ? null : shape(level, length);
        if (shape != null && shape.isProven() && (best == null || shape.left < best.left)) {
          best = shape;
        }
      }
      if (best == null) {
        break;
      }
      before = best.adds.length;
      for (int i = 0; i < level.length; i++) {
        level[i] -= best.adds[i % before];
      }
      for (int h = 0; h <= most; h++) {
        ahead[h] += best.adds[(level.length - 1 + h) % before];
      }
    }
    return new Cycles(level, ahead);
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
      if (most > 0 && Math.abs(off[i]) > most && isAlone(days, i, most)) {
        clean[i] = usual[i];
      }
    }
    return clean;
  }

  /** The day of a clean-up is off its week too, but those after it are near. */
  private static boolean isAlone(double[] days, int at, double near) {
    boolean offBefore = at == 0 || Math.abs(days[at] - days[at - 1]) > near;
    boolean offAfter = at == days.length - 1 || Math.abs(days[at] - days[at + 1]) > near;
    return offBefore && offAfter;
  }

  /** Each day's mean distance from its surroundings, shrunk, since there are few of each. */
  private static Shape shape(double[] level, int length) {
    double[] off = offSurroundings(level, length);
    double[] sum = new double[length];
    int[] count = new int[length];
    int from = length / 2;
    int to = level.length - from;
    for (int i = from; i < to; i++) {
      sum[i % length] += off[i];
      count[i % length]++;
    }
    double untold = 0;
    double all = 0;
    for (int i = from; i < to; i++) {
      // As the other days of its place in the cycle tell it: they know nothing of this one.
      double told = (sum[i % length] - off[i]) / count[i % length];
      untold += (off[i] - told) * (off[i] - told);
      all += off[i] * off[i];
    }
    double[] adds = new double[length];
    double mean = 0;
    for (int d = 0; d < length; d++) {
      adds[d] = sum[d] / (count[d] + 1);
      mean += adds[d] / length;
    }
    for (int d = 0; d < length; d++) {
      adds[d] -= mean;
    }
    return new Shape(adds, all == 0 ? 1 : untold / all);
  }

  /** Off the mean of one cycle around; the two ends of an even one count half. */
  private static double[] offSurroundings(double[] level, int length) {
    int half = length / 2;
    double[] off = new double[level.length];
    for (int i = half; i < level.length - half; i++) {
      double sum = 0;
      for (int j = i - half; j <= i + half; j++) {
        sum += level[j];
      }
      if (length % 2 == 0) {
        sum -= (level[i - half] + level[i + half]) / 2;
      }
      off[i] = level[i] - sum / length;
    }
    return off;
  }
}
