// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks.forecast;

import java.util.Arrays;
import java.util.Random;

/**
 * What could be told of the day the limit is reached if the course were known without noise, into
 * the future too, and the noise by its scale and its latest value: the bound that is left by noise
 * alone, since it decides the day.
 */
final class Omniscience {

  private static final int FUTURES = 400;
  private static final int FARTHEST = 90;

  private Omniscience() {}

  /** The day that half of the futures have reached the limit by. */
  static double day(FillingSeries series, int today) {
    Random random = new Random(today);
    double[] days = new double[FUTURES];
    Arrays.setAll(days, _ -> reached(series, today, random));
    Arrays.sort(days);
    return days[FUTURES / 2];
  }

  private static double reached(FillingSeries series, int today, Random random) {
    double fresh = series.noise() * Math.sqrt(1 - FillingSeries.KEPT * FillingSeries.KEPT);
    double off = series.off()[today];
    int last = Math.min(FARTHEST, series.expected().length - 1 - today);
    for (int h = 1; h <= last; h++) {
      off = FillingSeries.KEPT * off + fresh * random.nextGaussian();
      if (series.expected()[today + h] + off >= FillingSeries.LIMIT) {
        return h;
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
