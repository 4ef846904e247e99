// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.sample.SeriesKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The samples of a series since its state was stored, in the order in which they were judged.
 *
 * <p>They are kept as they are stored, since each sample stores those before it again: a byte that
 * says what follows; the time since the sample before, unless that is as long as the last; and of
 * the value's bits those that differ from the value before, without zero bytes around them.
 */
final class SampleTail {

  static final SampleTail EMPTY = new SampleTail(new byte[0], 0, 0, 0, 0);

  /**
   * Each sample writes those before it again, and the last one the state. With more both would come
   * to fewer bytes, but a series that is not at hand is judged through all of them.
   */
  private static final int MOST = 28;

  private static final byte FORMAT = 1;

  /**
   * Before there were formats: all fields in full, a time first, which begins with another byte.
   */
  private static final int UNNUMBERED_ENTRY_BYTES = Long.BYTES + Double.BYTES + 1;

  private static final int LONGEST_ENTRY_BYTES = 1 + 10 + Double.BYTES;

  private static final int KIND = 0b0000_0011;
  private static final int SAME_STEP = 0b0000_0100;
  private static final int ZEROS_AFTER_SHIFT = 3;
  private static final int ZEROS_AFTER = 0b0000_1111;
  private static final int ZERO_BEFORE = 0b1000_0000;

  /** Stored by their place, so new ones go to the end; for more than four the byte has no room. */
  private static final SeriesKind[] KINDS = SeriesKind.values();

  private final byte[] bytes;
  private final int size;
  private final long lastAt;
  private final long lastStep;
  private final long lastValue;

  private SampleTail(byte[] bytes, int size, long lastAt, long lastStep, long lastValue) {
    this.bytes = bytes;
    this.size = size;
    this.lastAt = lastAt;
    this.lastStep = lastStep;
    this.lastValue = lastValue;
  }

  /** What the detector is told of a sample. */
  record Entry(Instant at, double value, SeriesKind kind) {
    static Entry of(Sample sample) {
      return new Entry(
          sample.at(), sample.value(), Objects.requireNonNullElse(sample.kind(), SeriesKind.GAUGE));
    }
  }

  SampleTail plus(Entry entry) {
    ByteBuffer out =
        ByteBuffer.wrap(Arrays.copyOf(bytes, Math.max(1, bytes.length) + LONGEST_ENTRY_BYTES));
    out.put(0, FORMAT).position(Math.max(1, bytes.length));
    long at = entry.at().toEpochMilli();
    long step = at - lastAt;
    long value = Double.doubleToRawLongBits(entry.value());
    write(out, entry.kind(), step, value ^ lastValue);
    return new SampleTail(Arrays.copyOf(out.array(), out.position()), size + 1, at, step, value);
  }

  private void write(ByteBuffer out, SeriesKind kind, long step, long difference) {
    boolean same = step == lastStep;
    int before = difference >>> 56 == 0 && difference != 0 ? 1 : 0;
    int after = Long.numberOfTrailingZeros(difference) / Byte.SIZE;
    out.put(
        (byte)
            (kind.ordinal()
                | (same ? SAME_STEP : 0)
                | (after << ZEROS_AFTER_SHIFT)
                | (before * ZERO_BEFORE)));
    if (!same) {
      long left = (step << 1) ^ (step >> 63);
      while ((left & ~0x7fL) != 0) {
        out.put((byte) (left | 0x80));
        left >>>= 7;
      }
      out.put((byte) left);
    }
    for (int i = Long.BYTES - 1 - before; i >= after; i--) {
      out.put((byte) (difference >>> (i * Byte.SIZE)));
    }
  }

  boolean isFull() {
    return size >= MOST;
  }

  byte[] toBytes() {
    return bytes;
  }

  void forEach(Consumer<Entry> action) {
    forEach(bytes, action);
  }

  static SampleTail read(byte[] bytes) {
    SampleTail[] tail = {EMPTY};
    forEach(bytes, entry -> tail[0] = tail[0].plus(entry));
    return tail[0];
  }

  private static void forEach(byte[] bytes, Consumer<Entry> action) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length > 0 && bytes[0] != FORMAT) {
      unnumbered(in, action);
      return;
    }
    in.position(Math.min(1, bytes.length));
    long at = 0;
    long step = 0;
    long value = 0;
    while (in.hasRemaining()) {
      int what = in.get();
      step = (what & SAME_STEP) != 0 ? step : readStep(in);
      at += step;
      int before = (what & ZERO_BEFORE) != 0 ? 1 : 0;
      int after = (what >>> ZEROS_AFTER_SHIFT) & ZEROS_AFTER;
      for (int i = Long.BYTES - 1 - before; i >= after; i--) {
        value ^= (in.get() & 0xffL) << (i * Byte.SIZE);
      }
      action.accept(
          new Entry(Instant.ofEpochMilli(at), Double.longBitsToDouble(value), KINDS[what & KIND]));
    }
  }

  private static long readStep(ByteBuffer in) {
    long step = 0;
    byte next = (byte) 0x80;
    for (int shift = 0; next < 0; shift += 7) {
      next = in.get();
      step |= (next & 0x7fL) << shift;
    }
    return (step >>> 1) ^ -(step & 1);
  }

  private static void unnumbered(ByteBuffer in, Consumer<Entry> action) {
    if (in.remaining() % UNNUMBERED_ENTRY_BYTES != 0) {
      throw new IllegalStateException("samples are stored in format " + in.get(0));
    }
    while (in.hasRemaining()) {
      action.accept(new Entry(Instant.ofEpochMilli(in.getLong()), in.getDouble(), KINDS[in.get()]));
    }
  }
}
