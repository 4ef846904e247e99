// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Long silent and back: the time since an alert last began, against the exponential tail of its
 * mean gap. Nothing is said of an alert with fewer than five gaps, nor of less than a day.
 */
final class Gaps {

  private static final int FEWEST = 5;
  private static final double RARE = 4;
  private static final double WEIGHT = 0.1;
  private static final long SHORTEST_MILLIS = 24 * 3_600_000L;

  private long last = -1;
  private int known;
  private double mean;

  /** How long it was silent, how long it is on average, and how rare that is. */
  record Reading(long millis, double mean, double high, double surprise) {}

  /** It begins to fire; the reading when it had been silent for far longer than it is. */
  @Nullable Reading begins(long at) {
    Reading reading = null;
    if (last >= 0 && at > last) {
      long gap = at - last;
      reading = reading(gap);
      known++;
      mean += Math.max(WEIGHT, 1.0 / known) * (gap - mean);
    }
    last = Math.max(last, at);
    return reading;
  }

  private @Nullable Reading reading(long gap) {
    if (known < FEWEST || gap < SHORTEST_MILLIS) {
      return null;
    }
    double tail =
        1 - new ExponentialDistribution(null, Math.max(1, mean)).cumulativeProbability(gap);
    double surprise = tail <= 0 ? 300 : -Math.log10(tail);
    return surprise < RARE
        ? null
        : new Reading(gap, mean, Math.max(SHORTEST_MILLIS, RARE * Math.log(10) * mean), surprise);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(last);
    out.writeInt(known);
    out.writeDouble(mean);
  }

  static Gaps read(DataInput in) throws IOException {
    Gaps gaps = new Gaps();
    gaps.last = in.readLong();
    gaps.known = in.readInt();
    gaps.mean = in.readDouble();
    return gaps;
  }
}
