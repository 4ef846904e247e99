// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import dev.tocsin.console.ConsoleMetrics;
import dev.tocsin.kafka.clock.SetBack;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the topics and keeps the view.
 *
 * <p>The offsets it goes on from are rows of the same batch as the changes, so each record changes
 * the view once, however often the process is killed. It needs no group: every console reads
 * everything.
 */
public final class ViewListener implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ViewListener.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration ASIDE = Duration.ofSeconds(1);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private static final Table OFFSETS = new Table(Family.FOR_GOOD, "offset");
  private static final Key ORIGIN = new Table(Family.FOR_GOOD, "origin").key();

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Supplier<Origin> origins;
  private final Map<String, Fold> folds;
  private final ViewStore store;
  private final Position position;
  private final ConsoleMetrics metrics;

  /** As stored; only the reading thread uses it. */
  private final Map<TopicPartition, Long> offsets = new HashMap<>();

  /** Whether what is stored is to be forgotten; only the reading thread uses it. */
  private boolean anew;

  private volatile @Nullable Consumer<byte[], byte[]> consumer;
  private volatile @Nullable Thread thread;
  private volatile CountDownLatch stopped = new CountDownLatch(0);
  private volatile @Nullable String failure;

  ViewListener(
      Supplier<Consumer<byte[], byte[]>> consumers,
      Supplier<Origin> origins,
      List<Fold> folds,
      ViewStore store,
      Position position,
      ConsoleMetrics metrics) {
    this.consumers = consumers;
    this.origins = origins;
    this.folds = folds.stream().collect(Collectors.toMap(Fold::topic, Function.identity()));
    this.store = store;
    this.position = position;
    this.metrics = metrics;
  }

  @Override
  public synchronized void start() {
    stopped = new CountDownLatch(1);
    thread = Thread.ofPlatform().name("console-view").start(this::run);
    Thread.ofPlatform().daemon().name("console-view-clock").start(this::watchClock);
  }

  /** After the clock was set back a consumer waits until the old time comes again: see SetBack. */
  private void watchClock() {
    SetBack setBack = new SetBack();
    while (!isStoppedWithin(SetBack.EVERY)) {
      Consumer<byte[], byte[]> reader = consumer;
      if (setBack.happened() && reader != null) {
        LOG.warn("the clock was set back: the topics are read by a new consumer");
        reader.wakeup();
      }
    }
  }

  private void run() {
    while (stopped.getCount() > 0) {
      try (Consumer<byte[], byte[]> reader = consumers.get()) {
        consumer = reader;
        Map<TopicPartition, Long> goal = prepare(reader);
        failure = null;
        while (stopped.getCount() > 0) {
          read(reader, goal);
        }
      } catch (WakeupException e) {
        LOG.debug("the view stops reading, or begins anew", e);
      } catch (OffsetOutOfRangeException e) {
        LOG.info("the view is built anew: the topics have moved on without it: {}", e.getMessage());
        anew = true;
      } catch (RuntimeException e) {
        failure = String.valueOf(e.getMessage());
        LOG.error("the view cannot go on, and tries again in {} s", ASIDE.toSeconds(), e);
        LOG.debug("stopped while waiting: {}", isStoppedWithin(ASIDE));
      }
    }
  }

  /** Seeks to where the view stands, and says how far the topics reach now. */
  private Map<TopicPartition, Long> prepare(Consumer<byte[], byte[]> reader) {
    Origin origin = origins.get();
    byte[] identity = origin.identity().getBytes(StandardCharsets.UTF_8);
    byte[] before = anew ? null : store.bytes(ORIGIN);
    if (before != null && !Arrays.equals(before, identity)) {
      LOG.info("the view is built anew: it is of another cluster, other topics or another format");
      anew = true;
    }
    if (anew) {
      position.lost();
      store.clear();
      anew = false;
    }
    Changes changes = new Changes(store);
    changes.putBytes(ORIGIN, identity);
    store.write(changes);
    reader.assign(origin.partitions());
    Map<TopicPartition, Long> begin = reader.beginningOffsets(origin.partitions());
    offsets.clear();
    for (TopicPartition partition : origin.partitions()) {
      long first = begin.getOrDefault(partition, 0L);
      Key key = offset(partition);
      offsets.put(partition, store.bytes(key) == null ? first : store.number(key));
    }
    offsets.forEach(reader::seek);
    return new HashMap<>(reader.endOffsets(origin.partitions()));
  }

  private void read(Consumer<byte[], byte[]> reader, Map<TopicPartition, Long> goal) {
    ConsumerRecords<byte[], byte[]> records = reader.poll(POLL);
    if (!records.isEmpty()) {
      Changes changes = new Changes(store);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        fold(record, changes);
      }
      Map<TopicPartition, Long> moved = moved(reader);
      moved.forEach((partition, next) -> changes.putNumber(offset(partition), next));
      store.write(changes);
      offsets.putAll(moved);
    }
    boolean wasCurrent = goal.isEmpty();
    goal.entrySet().removeIf(end -> reader.position(end.getKey()) >= end.getValue());
    position.reached(offsets, lag(reader), goal.isEmpty());
    if (!wasCurrent && goal.isEmpty()) {
      LOG.info("the view is current");
    }
  }

  private void fold(ConsumerRecord<byte[], byte[]> record, Changes batch) {
    Changes changes = batch.onTop();
    Fold fold = folds.get(record.topic());
    if (fold == null) {
      return;
    }
    try {
      fold.apply(record, changes);
      batch.take(changes);
      metrics.read(record.topic());
    } catch (ViewStore.ViewStoreException e) {
      throw e; // The disk is at fault, not the record.
    } catch (RuntimeException e) {
      // One record that cannot be read must not keep the rest from people.
      metrics.unreadable(record.topic());
      LOG.warn(
          "{} {}/{}: passed over, cannot be read: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }

  /** Positions that differ from the stored ones. Some moved without a record: over a marker. */
  private Map<TopicPartition, Long> moved(Consumer<byte[], byte[]> reader) {
    Map<TopicPartition, Long> moved = new HashMap<>();
    for (TopicPartition partition : reader.assignment()) {
      long next = reader.position(partition);
      if (!Long.valueOf(next).equals(offsets.get(partition))) {
        moved.put(partition, next);
      }
    }
    return moved;
  }

  private static long lag(Consumer<byte[], byte[]> reader) {
    long lag = 0;
    for (TopicPartition partition : reader.assignment()) {
      OptionalLong behind = reader.currentLag(partition);
      lag += behind.orElse(0);
    }
    return lag;
  }

  private static Key offset(TopicPartition partition) {
    return OFFSETS.key(partition.topic(), partition.partition());
  }

  private boolean isStoppedWithin(Duration pause) {
    try {
      return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped.countDown();
      return true;
    }
  }

  @Override
  public synchronized void stop() {
    stopped.countDown();
    Consumer<byte[], byte[]> reader = consumer;
    Thread running = thread;
    if (reader != null) {
      reader.wakeup();
    }
    if (running != null) {
      try {
        if (!running.join(STOP_WITHIN)) {
          LOG.warn("the view did not stop within {} s", STOP_WITHIN.toSeconds());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      thread = null;
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /** What keeps the view from going on; null when nothing does. */
  @Nullable String failure() {
    Thread reading = thread;
    return reading != null && !reading.isAlive() ? "the thread that reads has died" : failure;
  }
}
