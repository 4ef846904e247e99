// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

/** A producer whose broker is there, or silent, or away. */
final class FakeKafka {

  private final List<ProducerRecord<byte[], byte[]>> tried = new ArrayList<>();
  private final List<ProducerRecord<byte[], byte[]>> log = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private Mode mode = Mode.THERE;
  private int takes = Integer.MAX_VALUE;
  private Predicate<ProducerRecord<byte[], byte[]>> tooLarge = record -> false;

  enum Mode {
    THERE,
    SILENT,
    AWAY
  }

  private record Held(ProducerRecord<byte[], byte[]> record, CompletableFuture<Void> write) {}

  synchronized CompletableFuture<?> send(ProducerRecord<byte[], byte[]> record) {
    tried.add(record);
    if (tooLarge.test(record)) {
      return CompletableFuture.failedFuture(new RecordTooLargeException("too large"));
    }
    return switch (mode) {
      case THERE -> {
        log.add(record);
        if (--takes == 0) {
          mode = Mode.AWAY;
        }
        yield CompletableFuture.completedFuture(null);
      }
      case SILENT -> {
        CompletableFuture<Void> write = new CompletableFuture<>();
        held.add(new Held(record, write));
        yield write;
      }
      case AWAY -> CompletableFuture.failedFuture(new TimeoutException("nobody there"));
    };
  }

  synchronized void is(Mode now) {
    mode = now;
  }

  /** There for some records, and then away. */
  synchronized void takes(int records) {
    mode = Mode.THERE;
    takes = records;
  }

  synchronized void refuses(Predicate<ProducerRecord<byte[], byte[]>> which) {
    tooLarge = which;
  }

  /** What it was silent about arrived, and the confirmation does too, if late. */
  synchronized void confirmHeld() {
    for (Held one : List.copyOf(held)) {
      log.add(one.record());
      one.write().complete(null);
    }
    held.clear();
  }

  /** What it was silent about arrived, and its confirmation did not. */
  synchronized void loseConfirmations() {
    for (Held one : List.copyOf(held)) {
      log.add(one.record());
      one.write().completeExceptionally(new TimeoutException("expired"));
    }
    held.clear();
  }

  synchronized List<ProducerRecord<byte[], byte[]>> log() {
    return List.copyOf(log);
  }

  synchronized int tried() {
    return tried.size();
  }
}
