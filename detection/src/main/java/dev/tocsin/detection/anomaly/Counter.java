// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;

/** Turns a total that only grows, and begins at zero again when its process does, into a rate. */
final class Counter {

  private static final double MILLIS = 1_000;

  private double total;
  private long at = Long.MIN_VALUE;
  private int late;

  /** How much a second since the sample before; NaN for the first, 0 for one that is late. */
  double rate(long millis, double value) {
    if (at == Long.MIN_VALUE) {
      keep(millis, value);
      return Double.NaN;
    }
    if (millis <= at) {
      // Late, and so not of use; unless all are, and it is the one before that was wrong.
      if (++late > Rhythm.BELIEVED) {
        keep(millis, value);
      }
      return 0;
    }
    double grown = value >= total ? value - total : value;
    double rate = grown * MILLIS / (millis - at);
    keep(millis, value);
    return rate;
  }

  private void keep(long millis, double value) {
    at = millis;
    total = value;
    late = 0;
  }

  void write(ByteBuffer out) {
    out.putDouble(total).putLong(at).putInt(late);
  }

  void read(ByteBuffer in) {
    total = in.getDouble();
    at = in.getLong();
    late = in.getInt();
  }
}
