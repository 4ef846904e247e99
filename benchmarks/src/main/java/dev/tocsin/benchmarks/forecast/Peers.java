// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks.forecast;

import java.util.Arrays;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/** What others do: a line through the last days. They say in how many days the limit is reached. */
final class Peers {

  private Peers() {}

  /** As Prometheus' {@code predict_linear} has it. */
  static double leastSquares(double[] days, int window) {
    SimpleRegression line = new SimpleRegression();
    for (int i = 0; i < window; i++) {
      line.addData(i - window + 1, days[days.length - window + i]);
    }
    return reached(line.getIntercept(), line.getSlope());
  }

  /** Theil and Sen's line, its level half way to that of the last five days. */
  static double theilSen(double[] days, int window) {
    double[] last = Arrays.copyOfRange(days, days.length - window, days.length);
    double[] slopes = new double[window * (window - 1) / 2];
    int count = 0;
    for (int i = 0; i < window; i++) {
      for (int j = i + 1; j < window; j++) {
        slopes[count++] = (last[j] - last[i]) / (j - i);
      }
    }
    double slope = StatUtils.percentile(slopes, 50);
    for (int i = 0; i < window; i++) {
      last[i] -= slope * (i - window + 1);
    }
    double all = StatUtils.percentile(last, 50);
    double lately = StatUtils.percentile(Arrays.copyOfRange(last, window - 5, window), 50);
    return reached((all + lately) / 2, slope);
  }

  private static double reached(double level, double slope) {
    double room = FillingSeries.LIMIT - level;
    return room <= 0 ? 0 : slope <= 0 ? Double.POSITIVE_INFINITY : room / slope;
  }
}
