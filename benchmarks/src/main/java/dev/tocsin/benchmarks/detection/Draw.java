// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks.detection;

import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;

/** Random numbers from a seed, the same on every machine. */
final class Draw {

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  private Draw() {}

  /**
   * From a gamma distribution of mean one.
   *
   * @see <a href="https://doi.org/10.1145/358407.358414">Marsaglia and Tsang, 2000</a>
   */
  static double gamma(SplittableRandom random, double shape) {
    double boosted = shape < 1 ? shape + 1 : shape;
    double d = boosted - 1 / 3.0;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = NORMAL.inverseCumulativeProbability(open(random));
      double v = Math.pow(1 + c * normal, 3);
      if (v > 0 && Math.log(open(random)) < normal * normal / 2 + d - d * v + d * Math.log(v)) {
        double boost = shape < 1 ? Math.pow(open(random), 1 / shape) : 1;
        return d * v * boost / shape;
      }
    }
  }

  static int poisson(SplittableRandom random, double mean) {
    if (mean > 60) {
      double normal = NORMAL.inverseCumulativeProbability(open(random));
      return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
    }
    double limit = Math.exp(-mean);
    double product = open(random);
    int count = 0;
    while (product > limit) {
      product *= open(random);
      count++;
    }
    return count;
  }

  private static double open(SplittableRandom random) {
    return Math.max(Double.MIN_NORMAL, random.nextDouble());
  }
}
