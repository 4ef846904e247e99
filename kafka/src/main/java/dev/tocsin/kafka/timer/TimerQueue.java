// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.timer;

import dev.tocsin.kafka.store.Shelf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Timers on a shelf of a state store: they survive a crash, and overdue ones fire at start.
 *
 * <p>A key is the due time, big-endian, and then the timer's name, so the store's own order is the
 * order they fire in. A cursor remembers up to where all have fired: RocksDB keeps tombstones for a
 * while, and scanning them from the beginning at each turn gets slower all day. The cursor goes
 * back when an earlier timer is set, since clocks step back.
 */
public final class TimerQueue {

  /** How often a punctuation should drain the queue. */
  public static final Duration EVERY = Duration.ofMillis(100);

  /** A turn ends after this many timers or this long, so that records are never kept waiting. */
  private static final int MOST_IN_A_TURN = 500;

  private static final long LONGEST_TURN_NANOS = 10_000_000;

  private static final byte[] NOTHING = new byte[0];

  private final Shelf shelf;
  private final LongSupplier nanos;
  private long cursor;

  public TimerQueue(Shelf shelf) {
    this(shelf, System::nanoTime);
  }

  TimerQueue(Shelf shelf, LongSupplier nanos) {
    this.shelf = shelf;
    this.nanos = nanos;
  }

  /** A timer that came due. */
  public record Due(Instant at, String name) {}

  public void set(Instant due, String name) {
    shelf.put(key(due.toEpochMilli(), name), NOTHING);
    cursor = Math.min(cursor, due.toEpochMilli());
  }

  /** Takes back a timer set for exactly this time; nothing happens when there is none. */
  public void cancel(Instant due, String name) {
    shelf.remove(key(due.toEpochMilli(), name));
  }

  /**
   * Removes and returns what is due, earliest first: at most one turn's worth, and at least one
   * timer if any is due, however long it takes to find. What is left over is returned next time.
   */
  public List<Due> drain(Instant now) {
    return drain(now, MOST_IN_A_TURN);
  }

  /**
   * The same, for timers whose work takes long.
   *
   * @param most that are returned, 1 or more
   */
  public List<Due> drain(Instant now, int most) {
    long end = now.toEpochMilli();
    cursor = Math.min(cursor, end);
    List<Due> due = new ArrayList<>();
    long started = nanos.getAsLong();
    try (Shelf.Keys timers = shelf.keys(key(cursor, ""), key(end + 1, ""))) {
      boolean more = timers.hasNext();
      while (more && due.size() < most) {
        due.add(read(timers.next()));
        more = timers.hasNext() && nanos.getAsLong() - started < LONGEST_TURN_NANOS;
      }
      cursor = timers.hasNext() ? due.getLast().at().toEpochMilli() : end;
    }
    due.forEach(timer -> shelf.remove(key(timer.at().toEpochMilli(), timer.name())));
    return due;
  }

  private static byte[] key(long dueMillis, String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + text.length)
        .putLong(Math.max(0, dueMillis))
        .put(text)
        .array();
  }

  private static Due read(byte[] key) {
    ByteBuffer buffer = ByteBuffer.wrap(key);
    Instant at = Instant.ofEpochMilli(buffer.getLong());
    return new Due(at, StandardCharsets.UTF_8.decode(buffer).toString());
  }
}
