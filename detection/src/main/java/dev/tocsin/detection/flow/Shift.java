// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A slow shift of the rate: a two-sided cumulative sum (Page, 1954) of the logarithm of what an
 * hour brought over what was expected, in its own deviations. With a slack of half a deviation and
 * a limit of ten, independent hours raise it by chance less than once in a year.
 */
final class Shift {

  private static final double SLACK = 0.5;
  private static final double LIMIT = 10;

  /** An hour that was off by more says no more: that is a storm's business. */
  private static final double MOST = 3;

  private static final double WEIGHT = 0.005;
  private static final int LEARNING = 7 * 24;
  private static final double LEAST_EXPECTED = 2;
  private static final double LEAST_SPREAD = 0.2;
  private static final int CALM = 6;

  private int hours;
  private double mean;
  private double variance = 0.25;
  private double up;
  private double down;
  private int calm;
  private int direction;

  /** A sum that went over its limit, or came back: 1 is up, -1 is down. */
  record Reading(int direction, double count, double expected, double sum) {}

  /** An hour is over; the reading when something begins or ends with it. */
  @Nullable Reading close(double count, double expected) {
    if (expected < LEAST_EXPECTED && direction == 0) {
      up = 0;
      down = 0;
      return null;
    }
    double log = Math.log((count + .5) / (expected + .5));
    double z = (log - mean) / Math.max(LEAST_SPREAD, Math.sqrt(variance));
    double bounded = Math.max(-MOST, Math.min(MOST, z));
    Reading turn = hours < LEARNING ? null : turn(bounded, count, expected);
    if (direction == 0) {
      double weight = Math.max(WEIGHT, 1.0 / (hours + 2));
      double off = Math.max(-1.5, Math.min(1.5, log - mean));
      variance += weight * (off * off - variance);
      mean += weight * off;
      hours++;
    }
    return turn;
  }

  private @Nullable Reading turn(double z, double count, double expected) {
    if (direction != 0) {
      calm = Math.abs(z) < 1 ? calm + 1 : 0;
      if (calm < CALM) {
        return null;
      }
      Reading over = new Reading(direction, count, expected, Math.max(up, down));
      direction = 0;
      up = 0;
      down = 0;
      calm = 0;
      return over;
    }
    up = Math.max(0, up + z - SLACK);
    down = Math.max(0, down - z - SLACK);
    if (up < LIMIT && down < LIMIT) {
      return null;
    }
    direction = up >= LIMIT ? 1 : -1;
    return new Reading(direction, count, expected, Math.max(up, down));
  }

  boolean isShifted() {
    return direction != 0;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(hours);
    out.writeDouble(mean);
    out.writeDouble(variance);
    out.writeDouble(up);
    out.writeDouble(down);
    out.writeByte(calm);
    out.writeByte(direction);
  }

  static Shift read(DataInput in) throws IOException {
    Shift shift = new Shift();
    shift.hours = in.readInt();
    shift.mean = in.readDouble();
    shift.variance = in.readDouble();
    shift.up = in.readDouble();
    shift.down = in.readDouble();
    shift.calm = in.readByte();
    shift.direction = in.readByte();
    return shift;
  }
}
