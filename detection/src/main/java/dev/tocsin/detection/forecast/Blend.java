// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

/**
 * All {@link Trend}s together, each weighted by how well it would have told the last weeks; and how
 * far off they would have been together, which is how unsure the future is.
 *
 * <p>A limit is reached by the largest value of a path, so errors are those of the largest value up
 * to a horizon, from each of the origins looked back at (path-conformal).
 *
 * @param path the level expected so many days ahead
 * @param scale how far off the largest value up to that day is
 * @param error how far off the level two weeks ahead was in the past, in the middle
 */
record Blend(double[] path, double[] scale, double error) {

  /** Errors are measured up to this horizon, and grow by a power of it beyond. */
  private static final int MEASURED = 21;

  private static final double GROWTH = 0.9;
  private static final int LEAST_MEASURED = 3;

  private static final int FARTHEST_BACK = 56;
  private static final int NEAREST_BACK = 4;
  private static final int BETWEEN = 2;
  private static final int KNOWN = 28;
  private static final int JUDGED_AHEAD = 14;
  private static final int WEEK = 7;
  private static final double HALF_LIFE = 28;

  /** A trend twice as far off counts for a sixteenth. */
  private static final double POWER = 4;

  /** A perfect past is no promise. */
  private static final double LEAST_ERROR = 1e-9;

  /**
   * By these, four truths in five lie within the interval in the simulation: so much less of the
   * scale for the next days, which people read in whole ones, than for those far ahead.
   */
  private static final double FAR = 0.9;

  private static final double LESS_SOON = 0.4;
  private static final double SOON = 10;

  static Blend of(Course course, int most) {
    double[] level = course.level();
    int end = level.length - 1;
    double[][][] told = told(level);
    double[] off = new double[Trend.ALL.length];
    double counted = 0;
    for (int o = 0; o < told.length; o++) {
      double counts = Math.pow(0.5, back(o) / HALF_LIFE);
      counted += counts;
      for (int t = 0; t < off.length; t++) {
        off[t] += counts * lateError(told[o][t], level, end - back(o));
      }
    }
    double[] weight = weights(off);
    double error = 0;
    double[] path = new double[most + 1];
    double[][] ahead = new double[weight.length][];
    for (int t = 0; t < weight.length; t++) {
      ahead[t] = Trend.ALL[t].path(level, end, most);
      add(path, ahead[t], weight[t]);
      error += counted == 0 ? 0 : weight[t] * off[t] / counted;
    }
    double[] apart = new double[most + 1];
    for (int t = 0; t < weight.length; t++) {
      for (int h = 0; h <= most; h++) {
        double d = ahead[t][h] - path[h];
        apart[h] += weight[t] * d * d;
      }
    }
    double[] measured = measured(told, weight, level);
    return new Blend(path, scale(measured, apart, course.noise()), error);
  }

  private static int back(int origin) {
    return NEAREST_BACK + BETWEEN * origin;
  }

  /** What each trend would have told from each origin. */
  private static double[][][] told(double[] level) {
    int end = level.length - 1;
    int farthest = Math.min(FARTHEST_BACK, level.length - Math.min(KNOWN, level.length / 2));
    double[][][] told = new double[Math.max(0, (farthest - NEAREST_BACK) / BETWEEN + 1)][][];
    for (int o = 0; o < told.length; o++) {
      told[o] = new double[Trend.ALL.length][];
      for (int t = 0; t < told[o].length; t++) {
        told[o][t] = Trend.ALL[t].path(level, end - back(o), Math.min(MEASURED, back(o)));
      }
    }
    return told;
  }

  /** Of the week that ends two weeks ahead, or as far as is known. */
  private static double lateError(double[] told, double[] level, int origin) {
    int last = Math.min(JUDGED_AHEAD, told.length - 1);
    int first = Math.max(1, last - WEEK + 1);
    double[] errors = new double[last - first + 1];
    for (int h = first; h <= last; h++) {
      errors[h - first] = level[origin + h] - told[h];
    }
    return Math.abs(Robust.median(errors, 0, errors.length));
  }

  private static double[] weights(double[] off) {
    double[] weight = new double[off.length];
    double sum = 0;
    for (int t = 0; t < off.length; t++) {
      weight[t] = Math.pow(Math.max(off[t], LEAST_ERROR), -POWER);
      sum += weight[t];
    }
    for (int t = 0; t < off.length; t++) {
      weight[t] /= sum;
    }
    return weight;
  }

  /** The mean square of past errors by horizon; NaN where there are too few. */
  private static double[] measured(double[][][] told, double[] weight, double[] level) {
    int end = level.length - 1;
    int[] count = new int[MEASURED + 1];
    double[] squares = new double[MEASURED + 1];
    for (int o = 0; o < told.length; o++) {
      double[] together = new double[told[o][0].length];
      for (int t = 0; t < weight.length; t++) {
        add(together, told[o][t], weight[t]);
      }
      double most = Double.NEGATIVE_INFINITY;
      double largest = Double.NEGATIVE_INFINITY;
      for (int h = 1; h < together.length; h++) {
        most = Math.max(most, together[h]);
        largest = Math.max(largest, level[end - back(o) + h]);
        count[h]++;
        squares[h] += (largest - most) * (largest - most);
      }
    }
    for (int h = 1; h <= MEASURED; h++) {
      squares[h] = count[h] < LEAST_MEASURED ? Double.NaN : squares[h] / count[h];
    }
    return squares;
  }

  private static double[] scale(double[] measured, double[] apart, double noise) {
    double[] scale = new double[apart.length];
    double square = noise * noise;
    double at = 1;
    for (int h = 1; h < apart.length; h++) {
      if (h <= MEASURED && !Double.isNaN(measured[h])) {
        square = measured[h];
        at = h;
      }
      double grown = Math.pow(h / at, 2 * GROWTH) * square;
      scale[h] = calibration(h) * Math.sqrt(grown + noise * noise / 2 + apart[h]);
    }
    return scale;
  }

  private static double calibration(int ahead) {
    return FAR - LESS_SOON * Math.exp(-ahead / SOON);
  }

  private static void add(double[] sum, double[] values, double weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * values[i];
    }
  }
}
