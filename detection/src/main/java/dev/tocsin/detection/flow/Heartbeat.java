// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A missing heartbeat: an alert that fires is reported again and again; now it is not, for longer
 * than 999 in a thousand of its own pauses, and than three ordinary ones.
 *
 * <p>Pauses are counted in bins of half an octave, from a second to eighteen hours and more.
 */
final class Heartbeat {

  private static final int BINS = 34;
  private static final int FEWEST = 20;
  private static final int MOST = 4_000;
  private static final double QUANTILE = 0.999;
  private static final double ORDINARY = 3;

  private final short[] bins = new short[BINS];
  private int total;
  private long last = -1;

  /** A report while it fires. */
  void beat(long at) {
    if (last >= 0 && at > last) {
      bins[bin(at - last)]++;
      total++;
      if (total > MOST) {
        halve();
      }
    }
    last = Math.max(last, at);
  }

  /** It does not fire any more: its silence means nothing. */
  void stop() {
    last = -1;
  }

  private static int bin(long millis) {
    double octaves = Math.log(Math.max(1, millis / 1000.0)) / Math.log(2);
    return Math.min(BINS - 1, (int) (octaves * 2));
  }

  private static long end(int bin) {
    return (long) (1000 * Math.pow(2, (bin + 1) / 2.0));
  }

  private void halve() {
    total = 0;
    for (int i = 0; i < BINS; i++) {
      bins[i] /= 2;
      total += bins[i];
    }
  }

  /** When it is missing; -1 when it is not known to be regular, or does not fire. */
  long missingAt() {
    return last < 0 || total < FEWEST ? -1 : last + longest();
  }

  long last() {
    return last;
  }

  /** How long a pause may be. */
  long longest() {
    return Math.max(quantile(QUANTILE), (long) (ORDINARY * usual()));
  }

  long usual() {
    return quantile(.5);
  }

  private long quantile(double quantile) {
    double wanted = quantile * total;
    int sum = 0;
    for (int i = 0; i < BINS; i++) {
      sum += bins[i];
      if (sum >= wanted) {
        return end(i);
      }
    }
    return end(BINS - 1);
  }

  /** How rare such a pause is at least: none of so many was as long. */
  double surprise() {
    return Math.log10(total + 1.0);
  }

  void write(DataOutput out) throws IOException {
    for (short bin : bins) {
      out.writeShort(bin);
    }
    out.writeInt(total);
    out.writeLong(last);
  }

  static Heartbeat read(DataInput in) throws IOException {
    Heartbeat beats = new Heartbeat();
    for (int i = 0; i < BINS; i++) {
      beats.bins[i] = in.readShort();
    }
    beats.total = in.readInt();
    beats.last = in.readLong();
    return beats;
  }
}
