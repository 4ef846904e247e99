// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;

/** The latest values of a series, and what windows over them look like. */
final class Recent {

  static final int CAPACITY = 2 * Shapes.LENGTH;
  static final int MEMORY_BYTES = CAPACITY * Double.BYTES + 32;

  private final double[] ring = new double[CAPACITY];
  private long added;

  void add(double value) {
    ring[(int) (added++ % CAPACITY)] = value;
  }

  /** After a gap, what lies before it says nothing of what comes. */
  void clear() {
    added = 0;
  }

  long size() {
    return added;
  }

  /**
   * @param back 0 is the latest
   */
  double value(int back) {
    return ring[(int) ((added - 1 - back) % CAPACITY)];
  }

  double mean(int back, int rows) {
    double sum = 0;
    for (int i = back; i < back + rows; i++) {
      sum += value(i);
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
    for (int i = 0; i < CAPACITY; i++) {
      ring[i] = in.getDouble();
    }
  }
}
