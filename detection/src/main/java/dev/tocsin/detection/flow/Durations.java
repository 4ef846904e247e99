// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Stuck firing: an alert fires for longer than a log-normal distribution of how long it did allows
 * once in a thousand. Nothing is said of one that ended fewer than five times, nor of less than ten
 * minutes.
 */
final class Durations {

  private static final int FEWEST = 5;
  private static final double WEIGHT = 0.1;
  private static final long SHORTEST_MILLIS = 600_000L;

  /** Less spread than that is chance: times are rounded to evaluation intervals. */
  private static final double LEAST_SPREAD = 0.3;

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
  private static final double RARE = NORMAL.inverseCumulativeProbability(0.999);

  private int known;
  private double mean;
  private double variance;

  void ended(long millis) {
    double log = Math.log(Math.max(1000, millis));
    double off = log - mean;
    known++;
    double weight = Math.max(WEIGHT, 1.0 / known);
    if (known > 1) {
      variance = (1 - weight) * (variance + weight * off * off);
    }
    mean += weight * off;
  }

  /** How long is too long; -1 while that is not known. */
  long longest() {
    return known < FEWEST
        ? -1
        : Math.max(SHORTEST_MILLIS, (long) Math.exp(Math.min(40, mean + RARE * spread())));
  }

  long usual() {
    return (long) Math.exp(mean);
  }

  double surprise(long millis) {
    double tail =
        1 - NORMAL.cumulativeProbability((Math.log(Math.max(1000, millis)) - mean) / spread());
    return tail <= 0 ? 16 : -Math.log10(tail);
  }

  private double spread() {
    // Few durations say little about their spread.
    double unsure = 1 + 2.0 / known;
    return Math.max(LEAST_SPREAD, Math.sqrt(variance)) * unsure;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(known);
    out.writeDouble(mean);
    out.writeDouble(variance);
  }

  static Durations read(DataInput in) throws IOException {
    Durations durations = new Durations();
    durations.known = in.readInt();
    durations.mean = in.readDouble();
    durations.variance = in.readDouble();
    return durations;
  }
}
