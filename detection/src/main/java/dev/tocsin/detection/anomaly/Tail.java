// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;

/**
 * How often something was how far off, on either side, and from that how rare a distance is.
 *
 * <p>Counts in bins an eighth of an octave wide, halved from time to time so that old habits fade.
 * The bins begin at the first distance there was, so that a series and the same in other units fill
 * the same bins; what outgrows them moves all of them. In a bin, values are taken to lie evenly.
 *
 * <p>The rarest part of a side is smoothed by a Pareto tail (Hill's estimate), which says how much
 * rarer the far is than the farthest so far. But what was there before is as frequent as it was:
 * that bounds it, and so spikes that recur are no news.
 */
final class Tail {

  static final int MEMORY_BYTES = 2 * 176 * Character.BYTES + 64;

  private static final int BINS = 176;
  private static final double PER_E_FOLD = 8 / Math.log(2);

  /** Where the first distance goes: nine octaves are left above it. */
  private static final int FIRST_BIN = 104;

  /** So many are remembered where nothing else is asked for. */
  static final int LONG = 10_000;

  private static final int FEWEST = 20;

  /** The part of all that makes a tail, if that is enough of them. */
  private static final double TAIL = 0.04;

  private static final int FEWEST_IN_TAIL = 5;
  private static final double STEEPEST = 0.04;
  private static final double UNSEEN = 0.5;
  private static final double FARTHEST = 12;

  /** So many bins less is near enough to be called the same again: a sixth. */
  private static final double SAME = 2;

  /** Above, then below. */
  private final char[] counts = new char[2 * BINS];

  private final int[] top = new int[2];
  private int total;
  private int shift;
  private double first;
  private final int memory;

  /**
   * @param memory how many there are when they are halved
   */
  Tail(int memory) {
    this.memory = memory;
  }

  void add(double deviation) {
    int side = deviation >= 0 ? 0 : 1;
    double distance = Math.abs(deviation);
    int bin = 0;
    if (distance > 0) {
      if (first == 0) {
        first = distance;
      }
      double position = position(distance);
      if (position >= BINS) {
        moveDown((int) Math.min(position - BINS + 1, 1 << 20));
        position = position(distance);
      }
      bin = (int) Math.clamp(position, 0, BINS - 1);
    }
    counts[side * BINS + bin]++;
    top[side] = Math.max(top[side], bin);
    if (++total > memory) {
      fade();
    }
  }

  /**
   * How many tenfold rarer than every sample so far a distance is on its side: 3 is one in 1,000.
   */
  double surprise(double deviation) {
    if (total < FEWEST) {
      return 0;
    }
    int side = deviation >= 0 ? 0 : 1;
    int from = side * BINS;
    double position = deviation == 0 || first == 0 ? 0 : Math.max(0, position(Math.abs(deviation)));
    if (first == 0 && deviation != 0) {
      position = BINS;
    }
    position = position < 1 ? 0 : position;
    double same = position - SAME;
    double needed = Math.max(FEWEST_IN_TAIL, (int) (TAIL * total));
    double inTail = 0;
    double sum = 0;
    double farther = 0;
    double asFar = 0;
    int edge = -1;
    int lowest = (int) Math.max(0, same);
    for (int bin = top[side]; bin >= 0 && !(edge >= 0 && bin < lowest); bin--) {
      int count = counts[from + bin];
      if (edge < 0) {
        inTail += count;
        sum += count * (bin + 0.5);
        edge = inTail >= needed || bin == 0 ? bin : -1;
      }
      farther += count * Math.clamp(bin + 1 - position, 0, 1);
      asFar += count * Math.clamp(bin + 1 - same, 0, 1);
    }
    double chance = (farther + 0.5) / (total + 1);
    if (position > edge) {
      double index = inTail == 0 ? 1 : Math.max(STEEPEST, (sum / inTail - edge) / PER_E_FOLD);
      double smoothed =
          Math.max(inTail, 0.5) / (total + 1) * Math.exp(-(position - edge) / (PER_E_FOLD * index));
      chance = Math.max(smoothed, (asFar + UNSEEN) / (total + 1));
    }
    return Math.clamp(-Math.log10(chance), 0, FARTHEST);
  }

  /** The distance that so large a part of all samples exceeds on that side. */
  double exceededBy(double part, boolean above) {
    int from = above ? 0 : BINS;
    double allowed = part * (total + 1);
    double farther = 0;
    for (int bin = top[above ? 0 : 1]; bin > 0; bin--) {
      int count = counts[from + bin];
      if (farther + count > allowed) {
        return distance(bin + 1 - (allowed - farther) / count);
      }
      farther += count;
    }
    return 0;
  }

  /**
   * Weighs what was less, so that the new is soon usual.
   *
   * <p>What half a count leaves over goes to the next less far that there was: rare distances, each
   * seen once, would else be forgotten all at once, and be news when they recur.
   */
  void fade() {
    total = 0;
    for (int side = 0; side < 2; side++) {
      int left = 0;
      for (int i = (side + 1) * BINS - 1; i >= side * BINS; i--) {
        if (counts[i] > 0) {
          int count = counts[i] + left;
          left = count & 1;
          counts[i] = (char) (count >> 1);
          total += counts[i];
        }
      }
    }
    for (int side = 0; side < 2; side++) {
      while (top[side] > 0 && counts[side * BINS + top[side]] == 0) {
        top[side]--;
      }
    }
  }

  private void moveDown(int bins) {
    shift += bins;
    for (int side = 0; side < 2; side++) {
      for (int bin = 1; bin < BINS; bin++) {
        char count = counts[side * BINS + bin];
        counts[side * BINS + bin] = 0;
        counts[side * BINS + Math.max(0, bin - bins)] += count;
      }
      top[side] = Math.max(0, top[side] - bins);
    }
  }

  private double position(double distance) {
    return PER_E_FOLD * (Math.log(distance) - Math.log(first)) + FIRST_BIN - shift;
  }

  private double distance(double position) {
    return first * Math.exp((position - FIRST_BIN + shift) / PER_E_FOLD);
  }

  /** Runs of empty bins are written as their length alone. */
  void write(ByteBuffer out) {
    out.putDouble(first).putInt(shift);
    int empty = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0 && empty < 127) {
        empty++;
        continue;
      }
      if (empty > 0) {
        out.put((byte) -empty);
        empty = 0;
      }
      if (counts[i] < 128) {
        out.put((byte) counts[i]);
      } else {
        out.put((byte) -128).putChar(counts[i]);
      }
    }
    if (empty > 0) {
      out.put((byte) -empty);
    }
  }

  void read(ByteBuffer in) {
    first = in.getDouble();
    shift = in.getInt();
    int i = 0;
    while (i < counts.length) {
      byte next = in.get();
      if (next == -128) {
        counts[i++] = in.getChar();
      } else if (next < 0) {
        i -= next;
      } else {
        counts[i++] = (char) next;
      }
    }
    total = 0;
    for (i = 0; i < counts.length; i++) {
      total += counts[i];
      if (counts[i] > 0) {
        top[i / BINS] = i % BINS;
      }
    }
  }
}
