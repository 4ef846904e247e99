// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;

/**
 * What a series is expected to be at a time: a slow level, a profile of the day in quarters of an
 * hour, and, after a week, a correction for each hour of the week.
 *
 * <p>A bin takes in what it saw once, when it is left. The first time it is what it saw; after that
 * nothing moves it by more than five times the usual distance, so that an anomaly does not become
 * tomorrow's expectation.
 */
final class Season {

  static final int MEMORY_BYTES = (96 + 168 + 48) * (Float.BYTES + Byte.BYTES) + 128;

  private static final int DAY = 96;
  private static final int WEEK = 168;
  private static final int HALF_HOURS = 48;

  /** As if the whole day had been seen so often in a half hour before it was. */
  private static final int PRIOR = 2;

  private static final long SECONDS_A_DAY = 86_400;
  private static final double LEVEL_RATE = 0.003;
  private static final double DAY_RATE = 0.1;
  private static final double WEEK_RATE = 0.2;
  private static final double SCALE_RATE = 0.005;
  private static final double CLIP = 5;
  private static final int CLIPPED_FROM = 30;
  private static final int NEIGHBOURS = 5;
  private static final int OFTEN = 100;
  private static final double SUREST = 0.05;

  private final Bins day = new Bins(DAY, DAY_RATE);

  /** The usual distance in each half hour of the day: some hours are surer than others. */
  private final Bins spread = new Bins(HALF_HOURS, DAY_RATE);

  private final Bins week = new Bins(WEEK, WEEK_RATE);
  private double level;
  private double scale;
  private int samples;
  private long firstAt;

  /** What a bin of a profile is, and how often it was visited. */
  private static final class Bins {

    private final float[] values;
    private final byte[] visits;
    private final double rate;
    private int current = -1;
    private double sum;
    private int count;

    Bins(int size, double rate) {
      this.values = new float[size];
      this.visits = new byte[size];
      this.rate = rate;
    }

    /**
     * @param first by how much a bin may move at its first visit
     * @param most by how much later
     */
    void enter(int bin, double first, double most) {
      if (bin != current && count > 0) {
        double allowed = visits[current] == 0 ? first : most;
        double moves = Math.clamp(sum / count - values[current], -allowed, allowed);
        visits[current] = (byte) Math.min(OFTEN, visits[current] + 1);
        values[current] += (float) (Math.max(1.0 / visits[current], rate) * moves);
        sum = 0;
        count = 0;
      }
      current = bin;
    }

    void add(double value) {
      sum += value;
      count++;
    }

    void write(ByteBuffer out) {
      for (int i = 0; i < values.length; i++) {
        out.putFloat(values[i]).put(visits[i]);
      }
      out.putInt(current).putDouble(sum).putInt(count);
    }

    void read(ByteBuffer in) {
      for (int i = 0; i < values.length; i++) {
        values[i] = in.getFloat();
        visits[i] = in.get();
      }
      current = in.getInt();
      sum = in.getDouble();
      count = in.getInt();
    }
  }

  /**
   * Before {@link #add}, of the same time.
   *
   * @param second since the epoch
   */
  double expected(long second) {
    double most = scale == 0 ? Double.MAX_VALUE : CLIP * scale;
    long today = Math.floorMod(second, SECONDS_A_DAY);
    day.enter((int) (today * DAY / SECONDS_A_DAY), Double.MAX_VALUE, most);
    spread.enter((int) (today * HALF_HOURS / SECONDS_A_DAY), Double.MAX_VALUE, most);
    week.enter((int) Math.floorMod(second / 3_600, (long) WEEK), most, most);
    return level + ofDay(second) + ofWeek(second);
  }

  /** The usual distance from what is expected. */
  double scale() {
    return scale;
  }

  /** How wide the band is at the time that was asked about, against the whole day. */
  double ratio() {
    int visits = spread.visits[spread.current];
    double here = (visits * spread.values[spread.current] + PRIOR * scale) / (visits + PRIOR);
    return scale == 0 ? 1 : Math.max(SUREST, here / scale);
  }

  void add(long second, double value, double expected) {
    if (samples == 0) {
      firstAt = second;
      level = value;
      expected = value;
    }
    samples = Math.min(samples + 1, 1 << 30);
    double residual = value - expected;
    double most = samples < CLIPPED_FROM || scale == 0 ? Double.MAX_VALUE : CLIP * scale;
    double clipped = Math.clamp(residual, -most, most);
    double weekly = ofWeek(second);
    day.add(value - level - weekly);
    week.add(weekly + residual);
    spread.add(Math.abs(clipped));
    level += LEVEL_RATE * clipped;
    scale += Math.max(SCALE_RATE, 1.0 / samples) * (Math.abs(clipped) - scale);
  }

  /** The level is somewhere else from now on. */
  void shift(double by) {
    level += by;
  }

  private double ofDay(long second) {
    double position = (double) Math.floorMod(second, SECONDS_A_DAY) * DAY / SECONDS_A_DAY - 0.5;
    int before = (int) Math.floor(position);
    double part = position - before;
    return (1 - part) * nearest(before) + part * nearest(before + 1);
  }

  /** Where a series has a value an hour, three bins of four are never visited. */
  private double nearest(int bin) {
    for (int away = 0; away <= NEIGHBOURS; away++) {
      int before = Math.floorMod(bin - away, DAY);
      int after = Math.floorMod(bin + away, DAY);
      if (day.visits[before] > 0) {
        return day.values[before];
      }
      if (day.visits[after] > 0) {
        return day.values[after];
      }
    }
    return 0;
  }

  private double ofWeek(long second) {
    if (second - firstAt <= 7 * SECONDS_A_DAY) {
      return 0;
    }
    int visits = week.visits[week.current];
    return week.values[week.current] * visits / (visits + 1.0);
  }

  void write(ByteBuffer out) {
    day.write(out);
    week.write(out);
    spread.write(out);
    out.putDouble(level).putDouble(scale).putInt(samples).putLong(firstAt);
  }

  void read(ByteBuffer in) {
    day.read(in);
    week.read(in);
    spread.read(in);
    level = in.getDouble();
    scale = in.getDouble();
    samples = in.getInt();
    firstAt = in.getLong();
  }
}
