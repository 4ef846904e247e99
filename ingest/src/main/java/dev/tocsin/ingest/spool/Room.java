// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that may lie on disk, shared by all sources.
 *
 * <p>A source may hold as much as is left free: alone it gets half, and however many there are, the
 * next one finds as much room as any of them has. What is left is for messages that are critical.
 */
final class Room {

  private final long max;
  private final AtomicLong used = new AtomicLong();

  Room(long max) {
    this.max = max;
  }

  /**
   * @param own bytes the source holds already
   */
  void take(long own, long size, boolean critical) throws SpoolFullException {
    long before;
    do {
      before = used.get();
      long free = max - before;
      if (size > free || !critical && own + size > free) {
        throw new SpoolFullException(
            "the source holds %d bytes of the spool, and %d of %d are free (tocsin.ingest.spool.max)"
                .formatted(own, free, max));
      }
    } while (!used.compareAndSet(before, before + size));
  }

  /** For what was there at the start, whether it fits or not. */
  void count(long size) {
    used.addAndGet(size);
  }

  void free(long size) {
    used.addAndGet(-size);
  }

  long used() {
    return used.get();
  }

  /** Whether not even a small critical message fits. */
  boolean isFull() {
    return max - used.get() < 4096;
  }

  /** Small enough that drained files are gone long before the room is used up. */
  long segment() {
    return Math.min(8L << 20, max / 16);
  }
}
