// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.nio.ByteBuffer;

/**
 * What is remembered of a series: of one size for ever, however long the series runs.
 *
 * <p>The detector changes it in place; whoever keeps it stores {@link #toBytes()}.
 */
public final class SeriesState {

  private static final byte FORMAT = 1;
  private static final int SIZE = 1 + Integer.BYTES * 3 + Long.BYTES * 6;

  /** Samples so far, up to a point where more make no difference. */
  int samples;

  /** When the latest sample was, in milliseconds. */
  long lastAt = Long.MIN_VALUE;

  /** Where the series is expected. */
  double level;

  /** How far it usually is from there: the mean distance. */
  double spread;

  /** Samples in a row outside the band, or, off its band, inside it. */
  int outside;

  int inside;

  /** When the first of those outside was. */
  long outsideSince;

  /** The farthest of those outside, in scales, with its sign. */
  double peak;

  /** When it left its band; {@link Long#MIN_VALUE} while it is in it. */
  long offSince = Long.MIN_VALUE;

  final Tail tail = new Tail();

  public byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(SIZE + Tail.SIZE);
    out.put(FORMAT).putInt(samples).putInt(outside).putInt(inside);
    out.putLong(lastAt).putDouble(level).putDouble(spread);
    out.putLong(outsideSince).putDouble(peak).putLong(offSince);
    tail.write(out);
    return out.array();
  }

  public static SeriesState read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte format = in.get();
    if (format != FORMAT) {
      throw new IllegalStateException("a series is stored in format " + format + ", not " + FORMAT);
    }
    SeriesState state = new SeriesState();
    state.samples = in.getInt();
    state.outside = in.getInt();
    state.inside = in.getInt();
    state.lastAt = in.getLong();
    state.level = in.getDouble();
    state.spread = in.getDouble();
    state.outsideSince = in.getLong();
    state.peak = in.getDouble();
    state.offSince = in.getLong();
    state.tail.read(in);
    return state;
  }

  boolean isOff() {
    return offSince != Long.MIN_VALUE;
  }
}
