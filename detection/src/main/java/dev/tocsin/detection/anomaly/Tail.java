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

  // Not an array, which would be one more place in memory to go to for each feature and sample.
  private int topAbove;
  private int topBelow;
  private int total;
  private int shift;
  private double first;
  private double logOfFirst;
  private final int memory;

  /**
   * @param memory how many there are when they are halved
   */
  Tail(int memory) {
    this.memory = memory;
  }

  void add(double deviation) {
    add(deviation, position(Math.abs(deviation)));
  }

  /**
   * Adds it, and says how many tenfold rarer than every sample before that distance was on its
   * side: 3 is one in 1,000.
   */
  double take(double deviation) {
    double position = position(Math.abs(deviation));
    double surprise = surprise(deviation, position);
    add(deviation, position);
    return surprise;
  }

  private void add(double deviation, double position) {
    int side = deviation >= 0 ? 0 : 1;
    double distance = Math.abs(deviation);
    int bin = distance > 0 ? bin(distance, position) : 0;
    counts[side * BINS + bin]++;
    if (bin > top(side)) {
      setTop(side, bin);
    }
    if (++total > memory) {
      fade();
    }
  }

  private int bin(double distance, double position) {
    if (first == 0) {
      first = distance;
      logOfFirst = Math.log(first);
      return FIRST_BIN - shift;
    }
    double place = position;
    if (place >= BINS) {
      moveDown((int) Math.min(place - BINS + 1, 1 << 20));
      place = position(distance);
    }
    return (int) Math.clamp(place, 0, BINS - 1);
  }

  private double surprise(double deviation, double place) {
    if (total < FEWEST) {
      return 0;
    }
    int side = deviation >= 0 ? 0 : 1;
    double position = first == 0 ? BINS : place;
    position = deviation == 0 || position < 1 ? 0 : position;
    int needed = Math.max(FEWEST_IN_TAIL, (int) (TAIL * total));
    int edge = top(side) + 1;
    int inTail = 0;
    // Twice the sum of their places.
    int halves = 0;
    do {
      edge--;
      int count = counts[side * BINS + edge];
      inTail += count;
      halves += count * (2 * edge + 1);
    } while (inTail < needed && edge > 0);
    double chance;
    if (position > edge) {
      double mean = halves / 2.0 / inTail;
      double index = inTail == 0 ? 1 : Math.max(STEEPEST, (mean - edge) / PER_E_FOLD);
      double smoothed =
          Math.max(inTail, 0.5) / (total + 1) * Math.exp(-(position - edge) / (PER_E_FOLD * index));
      chance = Math.max(smoothed, (farther(side, position - SAME) + UNSEEN) / (total + 1));
    } else {
      chance = (farther(side, position) + 0.5) / (total + 1);
    }
    return Math.clamp(-Math.log10(chance), 0, FARTHEST);
  }

  /** How many of a side are beyond a position. */
  private double farther(int side, double position) {
    int from = side * BINS;
    int whole = (int) Math.ceil(Math.max(0, position));
    int beyond = 0;
    for (int bin = whole; bin <= top(side); bin++) {
      beyond += counts[from + bin];
    }
    boolean isDivided = whole > 0 && whole <= top(side) + 1;
    return isDivided ? beyond + counts[from + whole - 1] * (whole - position) : beyond;
  }

  /** The distance that so large a part of all samples exceeds on that side. */
  double exceededBy(double part, boolean above) {
    int from = above ? 0 : BINS;
    double allowed = part * (total + 1);
    double farther = 0;
    for (int bin = above ? topAbove : topBelow; bin > 0; bin--) {
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
      int top = top(side);
      while (top > 0 && counts[side * BINS + top] == 0) {
        top--;
      }
      setTop(side, top);
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
      setTop(side, Math.max(0, top(side) - bins));
    }
  }

  private int top(int side) {
    return side == 0 ? topAbove : topBelow;
  }

  private void setTop(int side, int bin) {
    if (side == 0) {
      topAbove = bin;
    } else {
      topBelow = bin;
    }
  }

  private double position(double distance) {
    return PER_E_FOLD * (Math.log(distance) - logOfFirst) + FIRST_BIN - shift;
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
    logOfFirst = Math.log(first);
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
        setTop(i / BINS, i % BINS);
      }
    }
  }
}
