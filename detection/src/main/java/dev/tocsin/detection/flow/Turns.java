// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Flapping: the changes of an alert's state within an hour, against the negative binomial tail of
 * its own hours, and never fewer than five. It is over after half an hour without a change.
 */
final class Turns {

  static final long QUIET_MILLIS = 30 * 60_000L;

  private static final long HOUR_MILLIS = 3_600_000L;
  private static final int FEWEST = 5;
  private static final int MOST_KEPT = 32;
  private static final double RARE = 4;
  private static final double WEIGHT = 0.02;

  /** What an alert that nobody has seen for long may do in an hour: two turns now and then. */
  private static final double FIRST_MEAN = 0.5;

  private long[] latest = {};
  private long hour = -1;
  private int inHour;
  private int hours;
  private double mean = FIRST_MEAN;
  private double variance = 2 * FIRST_MEAN;
  private long since = -1;

  /** How many changes within the hour, how many it has, and how rare that is. */
  record Reading(int count, double mean, double high, double surprise) {}

  /** A change of state; the reading when it begins to flap with this. */
  @Nullable Reading turn(long at) {
    learn(at);
    inHour++;
    long from = at - HOUR_MILLIS;
    long[] kept = Arrays.stream(latest).filter(t -> t > from).toArray();
    int skipped = Math.max(0, kept.length + 1 - MOST_KEPT);
    latest =
        Arrays.copyOf(Arrays.copyOfRange(kept, skipped, kept.length), kept.length - skipped + 1);
    latest[latest.length - 1] = at;
    Reading reading = reading();
    if (since >= 0 || reading.count() < FEWEST || reading.surprise() < RARE) {
      return null;
    }
    since = at;
    return reading;
  }

  private Reading reading() {
    int count = latest.length;
    return new Reading(
        count,
        mean,
        Math.max(FEWEST, CountTail.least(RARE, mean, variance)),
        CountTail.surprise(count, mean, variance));
  }

  /** Each hour that is over teaches once; while it flaps, none does. */
  private void learn(long at) {
    long now = at / HOUR_MILLIS;
    if (hour >= 0 && since < 0) {
      int silent = (int) Math.min(24 * 30, now - hour);
      for (int i = 0; i < silent; i++) {
        double count = i == 0 ? inHour : 0;
        double weight = Math.max(WEIGHT, 1.0 / (hours + 2));
        double off = count - mean;
        variance += weight * (off * off - variance);
        mean += weight * (count - mean);
        hours++;
      }
      mean = Math.max(mean, FIRST_MEAN / 10);
      variance = Math.max(variance, mean);
    }
    if (now != hour) {
      hour = now;
      inHour = 0;
    }
  }

  boolean isFlapping() {
    return since >= 0;
  }

  long since() {
    return since;
  }

  /** When it is over if nothing changes. */
  long quietAt() {
    return latest.length == 0 ? since : latest[latest.length - 1] + QUIET_MILLIS;
  }

  void end() {
    since = -1;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(latest.length);
    for (long at : latest) {
      out.writeLong(at);
    }
    out.writeLong(hour);
    out.writeInt(inHour);
    out.writeInt(hours);
    out.writeDouble(mean);
    out.writeDouble(variance);
    out.writeLong(since);
  }

  static Turns read(DataInput in) throws IOException {
    Turns turns = new Turns();
    turns.latest = new long[in.readByte()];
    for (int i = 0; i < turns.latest.length; i++) {
      turns.latest[i] = in.readLong();
    }
    turns.hour = in.readLong();
    turns.inHour = in.readInt();
    turns.hours = in.readInt();
    turns.mean = in.readDouble();
    turns.variance = in.readDouble();
    turns.since = in.readLong();
    return turns;
  }
}
