// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.delivery;

import dev.tocsin.kafka.clock.SetBack;
import dev.tocsin.notifier.channel.ChannelCatalog;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.core.JacksonException;

/**
 * Reads the attempts that lanes ask for, and has each made on a thread of its own.
 *
 * <p>Offsets are committed before any call is made. A crash then loses an attempt, and never makes
 * one twice. The next start in the same directory says so of what was under way; whatever it knows
 * nothing of, its lane's lease finds out. Where those offsets are gone, because somebody reset the
 * group, what was asked for before the start may have been made: it is left to its lease too.
 */
public final class DeliveryWorker implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final String TRACEPARENT = "traceparent";

  /** What a killed process has left to its kernel to send may still arrive for so long. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Path directory;
  private final Duration lastWords;
  private final Supplier<Consumer<String, byte[]>> consumers;
  private final Supplier<Producer<String, AttemptResult>> producers;
  private final AttemptMaker maker;
  private final BooleanSupplier ready;
  private final InstantSource clock;

  /** Of each partition, whether nobody remembered how far it was read. */
  private final Map<TopicPartition, Boolean> forgotten = new ConcurrentHashMap<>();

  private volatile @Nullable Shift shift;

  /** The worker between a start and its stop. */
  private record Shift(
      Instant began,
      CountDownLatch stopping,
      CountDownLatch read,
      ExecutorService calls,
      Producer<String, AttemptResult> results,
      UnderWay underWay) {

    boolean isOver() {
      return stopping.getCount() == 0;
    }
  }

  /**
   * @param directory keeps what is under way, for whoever comes after a kill
   * @param ready whether the channels know all they need, subscriptions above all: before that an
   *     endpoint would seem not to exist
   */
  public DeliveryWorker(
      Path directory,
      Supplier<Consumer<String, byte[]>> consumers,
      Supplier<Producer<String, AttemptResult>> producers,
      ChannelCatalog channels,
      InstantSource clock,
      BooleanSupplier ready) {
    this(directory, LAST_WORDS, consumers, producers, channels, clock, ready);
  }

  DeliveryWorker(
      Path directory,
      Duration lastWords,
      Supplier<Consumer<String, byte[]>> consumers,
      Supplier<Producer<String, AttemptResult>> producers,
      ChannelCatalog channels,
      InstantSource clock,
      BooleanSupplier ready) {
    this.directory = directory;
    this.lastWords = lastWords;
    this.consumers = consumers;
    this.producers = producers;
    this.maker = new AttemptMaker(channels, clock);
    this.ready = ready;
    this.clock = clock;
  }

  @Override
  public synchronized void start() {
    Shift next =
        new Shift(
            clock.instant(),
            new CountDownLatch(1),
            new CountDownLatch(1),
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("attempt-", 0).factory()),
            producers.get(),
            UnderWay.in(directory));
    shift = next;
    Thread.ofPlatform().name("delivery-worker").start(() -> work(next));
  }

  private void work(Shift shift) {
    try {
      while (!shift.isOver() && !ready.getAsBoolean()) {
        pause(shift, POLL);
      }
      List<Attempt> cutOff = shift.underWay().left();
      if (!cutOff.isEmpty()) {
        shift.calls().execute(() -> sayCutOff(cutOff, shift));
      }
      while (!shift.isOver()) {
        readUntilItFails(shift);
      }
    } finally {
      shift.read().countDown();
    }
  }

  private void readUntilItFails(Shift shift) {
    try (Consumer<String, byte[]> consumer = consumers.get()) {
      consumer.subscribe(List.of(Topics.ATTEMPTS.name()));
      SetBack setBack = new SetBack();
      while (!shift.isOver()) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        if (setBack.happened()) {
          LOG.warn("the clock was set back: attempts are read by a new consumer");
          return;
        }
        handOut(consumer, records, shift);
      }
    } catch (CommitFailedException e) {
      LOG.warn(
          "attempts are not read for a moment: held up or cut off for longer than its group waits,"
              + " the worker joins it again");
      pause(shift, PAUSE_AFTER_FAILURE);
    } catch (RuntimeException e) {
      LOG.warn("attempts are not read for a moment", e);
      pause(shift, PAUSE_AFTER_FAILURE);
    }
  }

  private void handOut(
      Consumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records, Shift shift) {
    if (records.isEmpty()) {
      return;
    }
    askHowFar(consumer);
    consumer.commitSync();
    for (ConsumerRecord<String, byte[]> record : records) {
      shift.calls().execute(() -> make(record, shift));
    }
  }

  /** Before the first commit of a partition, which would hide that there was none. */
  private void askHowFar(Consumer<String, byte[]> consumer) {
    Set<TopicPartition> unasked = new HashSet<>(consumer.assignment());
    unasked.removeAll(forgotten.keySet());
    if (!unasked.isEmpty()) {
      Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(unasked);
      unasked.forEach(partition -> forgotten.put(partition, committed.get(partition) == null));
    }
  }

  private boolean mayHaveBeenMade(
      ConsumerRecord<String, byte[]> record, Attempt attempt, Shift shift) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    return Boolean.TRUE.equals(forgotten.get(partition))
        && attempt.issuedAt().isBefore(shift.began());
  }

  private void make(ConsumerRecord<String, byte[]> record, Shift shift) {
    Attempt attempt;
    try {
      attempt = Json.MAPPER.readValue(record.value(), Attempt.class);
    } catch (JacksonException e) {
      // Whoever issued it will find out by its lease.
      LOG.error("attempt {} cannot be read: {}", record.key(), e.getOriginalMessage());
      return;
    }
    if (mayHaveBeenMade(record, attempt, shift)) {
      LOG.info("attempt {} is of an earlier life, and left to its lease", record.key());
      return;
    }
    shift.underWay().begin(attempt.id(), record.value());
    report(maker.make(attempt), record.headers().lastHeader(TRACEPARENT), shift);
  }

  private void sayCutOff(List<Attempt> attempts, Shift shift) {
    pause(shift, lastWords);
    if (!shift.isOver()) {
      LOG.info(
          "attempts that the process before this had under way when it ended: {}", attempts.size());
      attempts.forEach(attempt -> report(maker.cutOff(attempt), null, shift));
    }
  }

  private static void report(AttemptResult result, @Nullable Header trace, Shift shift) {
    ProducerRecord<String, AttemptResult> report =
        new ProducerRecord<>(Topics.ATTEMPT_RESULTS.name(), result.endpoint(), result);
    if (trace != null) {
      report.headers().add(trace);
    }
    shift
        .results()
        .send(
            report,
            (_, failure) -> {
              if (failure == null) {
                shift.underWay().end(result.attemptId());
              } else {
                LOG.error("the result of {} is lost: {}", result.attemptId(), failure.getMessage());
              }
            });
  }

  private static void pause(Shift shift, Duration pause) {
    try {
      boolean over = shift.stopping().await(pause.toMillis(), TimeUnit.MILLISECONDS);
      LOG.trace("goes on: {}", !over);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      shift.stopping().countDown();
    }
  }

  /** Lets calls under way end, and their results arrive. */
  @Override
  public synchronized void stop() {
    Shift old = shift;
    if (old == null) {
      return;
    }
    shift = null;
    old.stopping().countDown();
    try {
      boolean read = old.read().await(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      old.calls().shutdown();
      if (!read || !old.calls().awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn(
            "some attempts did not end within {} s; their lanes will ask", STOP_WITHIN.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    old.results().close(STOP_WITHIN);
    // What did not end is still under way until the process ends, and its lock with it.
    if (old.calls().isTerminated()) {
      old.underWay().close();
    }
  }

  @Override
  public boolean isRunning() {
    return shift != null;
  }
}
