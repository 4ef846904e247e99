// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one source that wait for Kafka, in the order they were accepted.
 *
 * <p>Any number of threads append and one drains. Those that append at a time share one write to
 * disk: whoever gets the lock writes for all that queue behind it.
 */
public final class SourceSpool implements Closeable {

  private final String source;
  private final Path directory;
  private final Room room;
  private final Mark mark;
  private final SetAside setAside;

  private final Queue<Append> queue = new ConcurrentLinkedQueue<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();

  /** The oldest first; the last is written to. */
  private final Deque<Segment> segments;

  /** Writes that Kafka may still confirm, by receipt. */
  private final Map<String, CompletableFuture<?>> underway = new HashMap<>();

  private Mark.Position drained;
  private volatile long bytes;
  private volatile long messages;
  private volatile @Nullable Instant oldest;

  SourceSpool(String source, Path directory, Room room, Mark mark, Recovery recovered) {
    this.source = source;
    this.directory = directory;
    this.room = room;
    this.mark = mark;
    this.setAside = recovered.setAside();
    this.segments = new ArrayDeque<>(recovered.segments());
    this.drained = recovered.drained();
    this.bytes = segments.stream().mapToLong(Segment::length).sum();
    this.messages = recovered.messages();
    this.oldest = recovered.oldest();
    room.count(bytes);
  }

  private record Append(
      byte[] entry,
      Entry of,
      boolean critical,
      @Nullable CompletableFuture<?> underway,
      CompletableFuture<Void> done) {}

  /**
   * What waits first.
   *
   * @param underway a write of it that Kafka may still confirm; null when there is none
   */
  public record Waiting(
      Entry entry, Segment.Found where, @Nullable CompletableFuture<?> underway) {}

  public String source() {
    return source;
  }

  /** While false, whatever comes has to wait behind what is there. */
  public boolean isEmpty() {
    return messages == 0 && queue.isEmpty();
  }

  public long messages() {
    return messages;
  }

  public long bytes() {
    return bytes;
  }

  /** When the message that waits longest was accepted; null when none waits. */
  public @Nullable Instant oldest() {
    return oldest;
  }

  /**
   * On disk when it returns; no part of it when it fails.
   *
   * @param critical whether it may use the room that is kept for such
   * @param underway a write of the same entry whose end is not known yet; null when there is none
   */
  public void append(Entry entry, boolean critical, @Nullable CompletableFuture<?> underway)
      throws IOException {
    Append append =
        new Append(EntryFormat.write(entry), entry, critical, underway, new CompletableFuture<>());
    queue.add(append);
    lock.lock();
    try {
      if (!append.done().isDone()) {
        writeQueue();
      }
    } finally {
      lock.unlock();
    }
    Throwable failure =
        append.done().isCompletedExceptionally() ? append.done().exceptionNow() : null;
    if (failure instanceof SpoolFullException full) {
      throw full;
    }
    if (failure != null) {
      throw new IOException(
          "the spool of %s at %s: %s".formatted(source, directory, failure), failure);
    }
  }

  private void writeQueue() {
    List<Append> accepted = new ArrayList<>();
    List<byte[]> frames = new ArrayList<>();
    long size = 0;
    try {
      Segment segment = segmentToWrite();
      for (Append next = queue.poll(); next != null; next = queue.poll()) {
        byte[] frame = segment.frame(next.entry());
        try {
          room.take(bytes + size, frame.length, next.critical());
        } catch (SpoolFullException e) {
          next.done().completeExceptionally(e);
          continue;
        }
        accepted.add(next);
        frames.add(frame);
        size += frame.length;
      }
      if (!accepted.isEmpty()) {
        segment.append(joined(frames, size));
      }
    } catch (IOException | RuntimeException e) {
      room.free(size);
      accepted.forEach(append -> append.done().completeExceptionally(e));
      for (Append next = queue.poll(); next != null; next = queue.poll()) {
        next.done().completeExceptionally(e);
      }
      return;
    }
    wrote(accepted, size);
  }

  private void wrote(List<Append> accepted, long size) {
    for (Append append : accepted) {
      if (append.underway() != null) {
        underway.put(append.of().receipt(), append.underway());
      }
    }
    if (messages == 0 && !accepted.isEmpty()) {
      oldest = accepted.getFirst().of().acceptedAt();
    }
    bytes += size;
    messages += accepted.size();
    accepted.forEach(append -> append.done().complete(null));
    filled.signalAll();
  }

  private Segment segmentToWrite() throws IOException {
    Segment last = segments.peekLast();
    if (last == null || last.length() >= room.segment()) {
      long number = last == null ? drained.segment() : last.number() + 1;
      last = Segment.create(directory, number);
      segments.addLast(last);
    }
    return last;
  }

  private static byte[] joined(List<byte[]> frames, long size) {
    java.nio.ByteBuffer all = java.nio.ByteBuffer.allocate(Math.toIntExact(size));
    frames.forEach(all::put);
    return all.array();
  }

  /** Returns when something waits, or after a while, or when woken. */
  void awaitFilled(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      if (messages == 0) {
        filled.awaitNanos(longest.toNanos());
      }
    } finally {
      lock.unlock();
    }
  }

  void wake() {
    lock.lock();
    try {
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What waits first, in order; a damaged or unreadable part is set aside on the way. */
  List<Waiting> first(int most, long mostBytes) throws IOException {
    lock.lock();
    try {
      List<Waiting> found = new ArrayList<>();
      long size = 0;
      Segment segment = segments.peekFirst();
      long at = drained.at();
      while (segment != null && found.size() < most && size < mostBytes) {
        Segment.Found next = segment.next(at);
        Entry entry = next == null || next.start() > at ? null : EntryFormat.read(next.entry());
        if (next != null && entry != null) {
          found.add(new Waiting(entry, next, underway.get(entry.receipt())));
          size += next.entry().length;
          at = next.end();
        } else if (found.isEmpty()) {
          pass(segment, at, next);
          segment = segments.peekFirst();
          at = drained.at();
        } else {
          break; // Passed when it is the first.
        }
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** Passes what is not a whole entry: damage up to the next one, an unreadable one, or the end. */
  private void pass(Segment segment, long at, Segment.@Nullable Found next) throws IOException {
    boolean unreadable = next != null && next.start() == at;
    long end = next == null ? segment.length() : unreadable ? next.end() : next.start();
    if (end > at) {
      setAside.damage(segment, at, end);
    }
    if (unreadable) {
      messages--;
    } else if (next == null && segment.equals(segments.peekLast())) {
      messages = 0; // Those it was damaged with can be counted no other way.
      oldest = null;
    }
    moveTo(segment, end);
  }

  /** Kafka has the first ones. */
  void drained(List<Waiting> first) throws IOException {
    if (first.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      first.forEach(waiting -> underway.remove(waiting.entry().receipt()));
      messages -= first.size();
      moveTo(segments.getFirst(), first.getLast().where().end());
      oldest = messages == 0 ? null : next();
    } finally {
      lock.unlock();
    }
  }

  /** Kafka will never take the first one: it is kept beside, and those behind it go on. */
  void refused(Waiting first) throws IOException {
    setAside.refused(first.entry().receipt(), EntryFormat.write(first.entry()));
    drained(List.of(first));
  }

  private @Nullable Instant next() throws IOException {
    List<Waiting> next = first(1, Long.MAX_VALUE);
    return next.isEmpty() ? null : next.getFirst().entry().acceptedAt();
  }

  /** The mark first: a file that is gone is never looked for. */
  private void moveTo(Segment segment, long at) throws IOException {
    boolean last = segment.equals(segments.peekLast());
    boolean whole = at >= segment.length();
    drained = new Mark.Position(segment.number(), at);
    mark.set(drained);
    if (whole && (!last || messages == 0)) {
      segments.removeFirst();
      bytes -= segment.length();
      room.free(segment.length());
      segment.delete();
      Segment next = segments.peekFirst();
      drained = new Mark.Position(next == null ? segment.number() + 1 : next.number(), 0);
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      for (Segment segment : segments) {
        segment.close();
      }
      mark.close();
    } finally {
      lock.unlock();
    }
  }
}
