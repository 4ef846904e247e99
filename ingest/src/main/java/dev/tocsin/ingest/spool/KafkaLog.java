// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.spool;

import dev.tocsin.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka as ingest sees it: writes that are confirmed or not, and a breaker that remembers. Kafka is
 * taken for away after a few writes in a row that were not confirmed in time, until one is.
 */
public final class KafkaLog {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaLog.class);
  private static final int UNCONFIRMED_IN_A_ROW = 3;
  private static final int TRIES = 10;

  private final Function<ProducerRecord<byte[], byte[]>, CompletableFuture<?>> send;
  private final Consumer<String> partitions;
  private final AtomicInteger unconfirmed = new AtomicInteger();
  private volatile boolean open;

  /**
   * @param send hands a record to the producer; the future ends when all replicas in sync have it
   * @param partitions asks the producer about a topic, for as long as it waits before it fails
   */
  public KafkaLog(
      Function<ProducerRecord<byte[], byte[]>, CompletableFuture<?>> send,
      Consumer<String> partitions) {
    this.send = send;
    this.partitions = partitions;
  }

  /**
   * From now on there is something to write to: before, topics may be missing or wrong. Learns who
   * leads the partitions, so that the first message need not wait for that.
   */
  public void open() {
    learnLeaders(Topics.ALERTS.name());
    open = true;
    learnLeaders(Topics.CALLBACKS.name());
  }

  private void learnLeaders(String topic) {
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        partitions.accept(topic);
        return;
      } catch (org.apache.kafka.common.KafkaException e) {
        LOG.debug("the leaders of {} are not known yet", topic, e);
      }
    }
  }

  public boolean isOpen() {
    return open;
  }

  /** Ends when all of an entry is confirmed, or when a part of it will not be. */
  public CompletableFuture<?> write(Entry entry) {
    List<CompletableFuture<?>> writes = new ArrayList<>(entry.records().size());
    try {
      for (ProducerRecord<byte[], byte[]> record : entry.records()) {
        writes.add(send.apply(record));
      }
    } catch (org.apache.kafka.common.KafkaException | org.springframework.kafka.KafkaException e) {
      return CompletableFuture.failedFuture(e);
    }
    return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
  }

  /** Whether trying would be a waste of time. Whoever drains the spool tries anyway. */
  public boolean isAway() {
    return !open || unconfirmed.get() >= UNCONFIRMED_IN_A_ROW;
  }

  public void confirmed() {
    unconfirmed.set(0);
  }

  public void unconfirmed() {
    unconfirmed.updateAndGet(n -> Math.min(n + 1, UNCONFIRMED_IN_A_ROW));
  }

  /** Whether trying again would end the same way. */
  static boolean isForGood(Throwable failure) {
    Throwable cause = failure;
    while (isWrapper(cause)) {
      cause = java.util.Objects.requireNonNull(cause.getCause());
    }
    return cause instanceof RecordTooLargeException || cause instanceof InvalidRecordException;
  }

  private static boolean isWrapper(@Nullable Throwable failure) {
    return failure != null
        && failure.getCause() != null
        && (failure instanceof ExecutionException
            || failure instanceof CompletionException
            || failure instanceof org.springframework.kafka.KafkaException);
  }
}
