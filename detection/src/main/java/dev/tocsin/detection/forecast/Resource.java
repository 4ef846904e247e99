// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a resource: a value for each of the last 120 days, and the quarters of an
 * hour of the last one. Bounded, however long it is watched.
 *
 * <p>A day's value is the 95th percentile of its quarters, each with its largest value: a short
 * spike does not fill a disk.
 */
public final class Resource {

  private static final byte FORMAT = 1;
  private static final int DAYS = 120;
  private static final int QUARTERS = 96;
  private static final long QUARTER_MILLIS = 900_000;
  private static final double PERCENTILE = 0.95;
  private static final int HOURS_SEEN = 24;
  private static final double LARGEST = 1e30;
  private static final int BYTES = 1 + 8 + 4 + 1 + 8 + 8 + 8 * (DAYS + QUARTERS);

  private final double[] days = new double[DAYS];
  private final double[] quarters = new double[QUARTERS];

  /** The latest quarter heard of, since the epoch; {@link Long#MIN_VALUE} before the first. */
  private long quarter = Long.MIN_VALUE;

  /** Days that are over, up to as many as are kept. */
  private int closed;

  private Warning warning = Warning.NONE;

  /** When what is told began, in milliseconds; 0 while nothing is. */
  private long warnedSince;

  private long saturatedSince;

  public Resource() {
    Arrays.fill(quarters, Double.NaN);
  }

  /** What a sample did. */
  public enum Taken {
    /** It is too late, or no number. */
    SKIPPED,
    KEPT,
    /** It is the first of its day: those before it are over. */
    NEW_DAY
  }

  public Taken add(Instant at, double value) {
    long of = Math.floorDiv(at.toEpochMilli(), QUARTER_MILLIS);
    if (!(Math.abs(value) <= LARGEST) || of < quarter) {
      return Taken.SKIPPED;
    }
    boolean newDay = quarter != Long.MIN_VALUE && day(of) > day(quarter);
    if (newDay) {
      close(day(of));
    }
    long since = quarter == Long.MIN_VALUE ? of : quarter + 1;
    for (long q = Math.max(since, of - QUARTERS + 1); q <= of; q++) {
      quarters[slot(q)] = Double.NaN;
    }
    quarter = of;
    double before = quarters[slot(of)];
    quarters[slot(of)] = Double.isNaN(before) ? value : Math.max(before, value);
    return newDay ? Taken.NEW_DAY : Taken.KEPT;
  }

  /** The day that was last closed has its value; those without a sample have none. */
  private void close(long until) {
    long first = day(quarter) * QUARTERS;
    double[] of = new double[QUARTERS];
    int count = 0;
    for (long q = first; q <= quarter; q++) {
      if (!Double.isNaN(quarters[slot(q)])) {
        of[count++] = quarters[slot(q)];
      }
    }
    Arrays.sort(of, 0, count);
    push(of[(int) Math.ceil(PERCENTILE * count) - 1]);
    for (long missing = Math.min(until - day(quarter) - 1, DAYS); missing > 0; missing--) {
      push(Double.NaN);
    }
  }

  private void push(double value) {
    if (closed == DAYS) {
      System.arraycopy(days, 1, days, 0, DAYS - 1);
      closed--;
    }
    days[closed++] = value;
  }

  /** What the days that are over say, and what it means after the day before. */
  public Outlook outlook(double limit) {
    Outlook outlook = Forecaster.of(Arrays.copyOf(days, closed), limit);
    warning = warning.after(outlook);
    if (warning.isTold()) {
      warnedSince = warnedSince == 0 ? day(quarter) * QUARTERS * QUARTER_MILLIS : warnedSince;
    } else {
      warnedSince = 0;
    }
    return outlook;
  }

  /** The end of the latest day that is over. */
  public Instant midnight() {
    return Instant.ofEpochMilli(day(quarter) * QUARTERS * QUARTER_MILLIS);
  }

  /** When the exhaustion that is told was first; null while none is. */
  public @Nullable Instant warnedSince() {
    return warnedSince == 0 ? null : Instant.ofEpochMilli(warnedSince);
  }

  /** When the saturation that is told began; null while none is. */
  public @Nullable Instant saturatedSince() {
    return saturatedSince == 0 ? null : Instant.ofEpochMilli(saturatedSince);
  }

  public void saturated(boolean is, Instant at) {
    saturatedSince = is ? at.toEpochMilli() : 0;
  }

  public Warning warning() {
    return warning;
  }

  /** The value of the latest day that is over; NaN before the first. */
  public double latest() {
    return closed == 0 ? Double.NaN : days[closed - 1];
  }

  /** Minutes until the limit at the pace of the last six hours; null when it is not near. */
  public @Nullable Double minutes(double limit) {
    double[] last = new double[HOURS_SEEN];
    int count = 0;
    for (long q = quarter - HOURS_SEEN + 1; q <= quarter; q++) {
      double value = quarters[slot(q)];
      // What was before a gap says nothing of the pace now.
      count = Double.isNaN(value) ? 0 : count;
      if (!Double.isNaN(value)) {
        last[count++] = value;
      }
    }
    return Saturation.minutes(Arrays.copyOf(last, count), limit);
  }

  private static long day(long quarter) {
    return Math.floorDiv(quarter, QUARTERS);
  }

  private static int slot(long quarter) {
    return Math.floorMod(quarter, QUARTERS);
  }

  public byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.put(FORMAT).putLong(quarter).putInt(closed).put((byte) warning.ordinal());
    out.putLong(warnedSince).putLong(saturatedSince);
    for (double value : days) {
      out.putDouble(value);
    }
    for (double value : quarters) {
      out.putDouble(value);
    }
    return out.array();
  }

  public static Resource read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte format = in.get();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "a resource is stored in format " + format + ", not " + FORMAT);
    }
    Resource resource = new Resource();
    resource.quarter = in.getLong();
    resource.closed = in.getInt();
    resource.warning = Warning.values()[in.get()];
    resource.warnedSince = in.getLong();
    resource.saturatedSince = in.getLong();
    for (int i = 0; i < DAYS; i++) {
      resource.days[i] = in.getDouble();
    }
    for (int i = 0; i < QUARTERS; i++) {
      resource.quarters[i] = in.getDouble();
    }
    return resource;
  }
}
