// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/**
 * How rare a count is: the upper tail of the negative binomial distribution with the mean and the
 * variance that were seen, which is a Poisson distribution when the variance is no larger.
 *
 * <p>Alerts come in bursts: with a Poisson tail at one in ten million, overdispersed counts raised
 * up to fifteen false storms a day in a simulation.
 */
final class CountTail {

  /** Beyond what any of the tails can be told apart at. */
  private static final double MOST = 300;

  private CountTail() {}

  /** Minus the decimal logarithm of the probability of so many or more. */
  static double surprise(double count, double mean, double variance) {
    if (count <= 0) {
      return 0;
    }
    double tail =
        variance <= mean * 1.001
            ? Gamma.regularizedGammaP(count, mean)
            : negativeBinomial(count, mean, variance);
    return tail <= 0 ? MOST : Math.min(MOST, Math.max(0, -Math.log10(tail)));
  }

  private static double negativeBinomial(double count, double mean, double variance) {
    double dispersion = mean * mean / (variance - mean);
    return Beta.regularizedBeta(mean / (mean + dispersion), count, dispersion);
  }

  /** The least count that is at least so rare. */
  static double least(double surprise, double mean, double variance) {
    double high = Math.max(1, Math.ceil(mean));
    while (surprise(high, mean, variance) < surprise) {
      high *= 2;
    }
    double low = Math.max(0, high / 2 - 1);
    while (high - low > 1) {
      double middle = Math.floor((low + high) / 2);
      if (surprise(middle, mean, variance) < surprise) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }
}
