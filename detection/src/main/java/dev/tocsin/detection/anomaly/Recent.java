// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;

/** The latest of something, and what windows over them look like. */
final class Recent {

  private final double[] ring;
  private long added;

  /** Where the next one goes. */
  private int next;

  Recent(int rows) {
    this.ring = new double[rows];
  }

  static int memoryBytes(int rows) {
    return rows * Double.BYTES + 32;
  }

  void add(double value) {
    ring[next] = value;
    next = next + 1 == ring.length ? 0 : next + 1;
    added++;
  }

  /** After a gap, what lies before it says nothing of what comes. */
  void clear() {
    added = 0;
    next = 0;
  }

  long size() {
    return added;
  }

  /**
   * @param back 0 is the latest
   */
  double value(int back) {
    return ring[place(back)];
  }

  /** Without a division: there are a hundred of them in a sample. */
  private int place(int back) {
    int place = next - 1 - back;
    return place < 0 ? place + ring.length : place;
  }

  double mean(int back, int rows) {
    int place = place(back);
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += ring[place];
      place = place == 0 ? ring.length - 1 : place - 1;
    }
    return sum / rows;
  }

  double median(int rows) {
    double[] sorted = new double[rows];
    for (int i = 0; i < rows; i++) {
      double value = value(i);
      int place = i;
      while (place > 0 && sorted[place - 1] > value) {
        sorted[place] = sorted[place - 1];
        place--;
      }
      sorted[place] = value;
    }
    return sorted[rows / 2];
  }

  double deviation(int rows) {
    double mean = mean(0, rows);
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      double distance = value(i) - mean;
      sum += distance * distance;
    }
    return Math.sqrt(sum / rows);
  }

  void write(ByteBuffer out) {
    out.putLong(added);
    for (double value : ring) {
      out.putDouble(value);
    }
  }

  void read(ByteBuffer in) {
    added = in.getLong();
    next = (int) (added % ring.length);
    for (int i = 0; i < ring.length; i++) {
      ring[i] = in.getDouble();
    }
  }
}
