// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks.detection;

import java.util.Arrays;
import java.util.Random;

/** A change to a series that leaves its anomalies where they are. */
enum Perturbation {
  IDENTITY("as it is"),
  TIMES_1000("times 1,000"),
  TIMES_THOUSANDTH("times 0.001"),
  OFFSET("5 median deviations more"),
  NEGATED("negated"),
  NOISE_1("1 % noise"),
  NOISE_5("5 % noise"),
  DROPPED_5("5 % of rows dropped");

  private static final double DROPPED = 0.05;

  final String words;

  Perturbation(String words) {
    this.words = words;
  }

  /** The values; NaN for a row that is dropped. The same for each run of a series. */
  double[] of(LabelledSeries series) {
    double[] values = series.values();
    Random random = new Random(series.name().hashCode());
    return switch (this) {
      case IDENTITY -> values;
      case TIMES_1000 -> Arrays.stream(values).map(x -> 1_000 * x).toArray();
      case TIMES_THOUSANDTH -> Arrays.stream(values).map(x -> 0.001 * x).toArray();
      case OFFSET -> {
        double offset = 5 * medianDeviation(values);
        yield Arrays.stream(values).map(x -> x + offset).toArray();
      }
      case NEGATED -> Arrays.stream(values).map(x -> -x).toArray();
      case NOISE_1 -> noisy(values, 0.01, random);
      case NOISE_5 -> noisy(values, 0.05, random);
      case DROPPED_5 ->
          Arrays.stream(values).map(x -> random.nextDouble() < DROPPED ? Double.NaN : x).toArray();
    };
  }

  /** Normal noise, in parts of the standard deviation of the whole series. */
  private static double[] noisy(double[] values, double part, Random random) {
    double mean = Arrays.stream(values).average().orElse(0);
    double variance = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).average().orElse(0);
    double size = part * Math.sqrt(variance);
    return Arrays.stream(values).map(x -> x + size * random.nextGaussian()).toArray();
  }

  private static double medianDeviation(double[] values) {
    double median = median(values);
    return median(Arrays.stream(values).map(x -> Math.abs(x - median)).toArray());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
