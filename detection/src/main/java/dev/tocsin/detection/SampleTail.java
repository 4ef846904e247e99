// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.sample.SeriesKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The samples of a series since its state was stored, in the order in which they were judged. */
record SampleTail(List<Entry> entries) {

  static final SampleTail EMPTY = new SampleTail(List.of());

  /**
   * Each sample writes those before it again, and the last one the state: with so many, both come
   * to the same number of bytes, and their sum is the smallest.
   */
  private static final int MOST = 28;

  private static final int ENTRY_BYTES = Long.BYTES + Double.BYTES + 1;

  /** Stored by their place, so new ones go to the end. */
  private static final SeriesKind[] KINDS = SeriesKind.values();

  /** What the detector is told of a sample. */
  record Entry(Instant at, double value, SeriesKind kind) {
    static Entry of(Sample sample) {
      return new Entry(
          sample.at(), sample.value(), Objects.requireNonNullElse(sample.kind(), SeriesKind.GAUGE));
    }
  }

  SampleTail plus(Entry entry) {
    List<Entry> more = new ArrayList<>(entries);
    more.add(entry);
    return new SampleTail(List.copyOf(more));
  }

  boolean isFull() {
    return entries.size() >= MOST;
  }

  byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(entries.size() * ENTRY_BYTES);
    for (Entry entry : entries) {
      out.putLong(entry.at().toEpochMilli())
          .putDouble(entry.value())
          .put((byte) entry.kind().ordinal());
    }
    return out.array();
  }

  static SampleTail read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<Entry> entries = new ArrayList<>();
    while (in.hasRemaining()) {
      entries.add(new Entry(Instant.ofEpochMilli(in.getLong()), in.getDouble(), KINDS[in.get()]));
    }
    return new SampleTail(List.copyOf(entries));
  }
}
