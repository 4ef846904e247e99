// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;

/**
 * How often a series was how far off, on either side: counts in bins a quarter of an octave wide,
 * halved from time to time so that old habits fade.
 */
final class Tail {

  private static final int BINS = 48;
  private static final int PER_OCTAVE = 4;

  /** The first bin ends at an eighth of a scale. */
  private static final int FIRST = -3 * PER_OCTAVE;

  private static final int FADE_AT = 4_000;

  static final int SIZE = 2 * BINS * Short.BYTES;

  /** Above the level, then below it. */
  private final short[] counts = new short[2 * BINS];

  private int total;

  void add(double deviation) {
    counts[side(deviation) + bin(Math.abs(deviation))]++;
    if (++total >= FADE_AT) {
      total = 0;
      for (int i = 0; i < counts.length; i++) {
        counts[i] /= 2;
        total += counts[i];
      }
    }
  }

  /**
   * How often it was about that far off on that side, as a part of all; 0 when never. About: one
   * bin less is near enough to be called the same again.
   */
  double frequency(double deviation) {
    return frequency(side(deviation), bin(Math.abs(deviation)) - 1);
  }

  /** How far off, at least, it was less often than {@code rare} on that side. */
  double rarerThan(double rare, boolean above) {
    int side = above ? 0 : BINS;
    int from = BINS;
    while (from > 0 && frequency(side, from - 2) <= rare) {
      from--;
    }
    return from == 0 ? 0 : Math.pow(2, (double) (from - 1 + FIRST) / PER_OCTAVE);
  }

  private double frequency(int side, int fromBin) {
    int count = 0;
    for (int bin = Math.max(0, fromBin); bin < BINS; bin++) {
      count += counts[side + bin];
    }
    return (double) count / (total + 1);
  }

  private static int side(double deviation) {
    return deviation >= 0 ? 0 : BINS;
  }

  /** Bin b > 0 holds 2^((b-1+FIRST)/4) up to 2^((b+FIRST)/4); bin 0 what is less. */
  private static int bin(double distance) {
    if (distance == 0) {
      return 0;
    }
    double octaves = Math.log(distance) / Math.log(2);
    int bin = (int) Math.floor(octaves * PER_OCTAVE) - FIRST + 1;
    return Math.clamp(bin, 0, BINS - 1);
  }

  void write(ByteBuffer out) {
    for (short count : counts) {
      out.putShort(count);
    }
  }

  void read(ByteBuffer in) {
    total = 0;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = in.getShort();
      total += counts[i];
    }
  }
}
