// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import java.util.Arrays;

/**
 * How the values of a series vary about its course: a part of a day's distance from the course is
 * kept the next day, and a new one added (an autoregression of the first order).
 *
 * @param kept of a day's distance by the next day
 * @param usual the scale of those distances
 */
record Noise(double kept, double usual) {

  private static final int LAGS = 4;
  private static final double LEAST = -0.3;
  private static final double MOST = 0.91;
  private static final double STEP = 0.05;

  /** Daily values commonly keep so much: believed as if so many days had shown it. */
  private static final double COMMON = 0.4;

  private static final double BELIEVED = 20;

  /** Moves beyond so many scales are steps or spikes, and count as if they were that large. */
  private static final double LARGEST = 2.5;

  /**
   * The moves over k days have a variance in proportion to 1 - kept^k, whatever the course is, as
   * long as it moves evenly: so what is kept shows before any course is known.
   */
  static Noise of(double[] values) {
    double[] log = new double[LAGS];
    for (int k = 1; k <= LAGS; k++) {
      double variance = variance(moves(values, k));
      if (variance <= 0) {
        return new Noise(0, 0);
      }
      log[k - 1] = Math.log(variance);
    }
    double best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (double kept = LEAST; kept <= MOST; kept += STEP) {
      double misfit = misfit(log, kept);
      if (misfit < least) {
        least = misfit;
        best = kept;
      }
    }
    int days = values.length;
    double kept = (best * days + COMMON * BELIEVED) / (days + BELIEVED);
    return new Noise(kept, Robust.scale(moves(values, 1)) / Math.sqrt(2 * (1 - kept)));
  }

  /** The same, with so much more kept. */
  Noise with(double more) {
    return new Noise(Math.clamp(kept + more, LEAST, MOST), usual);
  }

  /** What is new in each day of a column when the day before is known; all are of one scale. */
  double[] news(double[] column) {
    double[] news = new double[column.length];
    news[0] = column[0] * Math.sqrt(1 - kept * kept);
    for (int i = 1; i < column.length; i++) {
      news[i] = column[i] - kept * column[i - 1];
    }
    return news;
  }

  private static double[] moves(double[] values, int over) {
    double[] moves = new double[values.length - over];
    Arrays.setAll(moves, i -> values[i + over] - values[i]);
    return moves;
  }

  private static double variance(double[] moves) {
    double middle = Robust.median(moves, 0, moves.length);
    double largest = LARGEST * Robust.scale(moves);
    double sum = 0;
    for (double move : moves) {
      double off = Math.min(Math.abs(move - middle), largest);
      sum += off * off;
    }
    return sum / moves.length;
  }

  private static double misfit(double[] log, double kept) {
    double sum = 0;
    double squares = 0;
    for (int k = 1; k <= LAGS; k++) {
      double off = log[k - 1] - Math.log(1 - Math.pow(kept, k));
      sum += off;
      squares += off * off;
    }
    return squares - sum * sum / LAGS;
  }
}
