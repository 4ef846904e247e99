// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import dev.tocsin.console.journal.Journal;
import dev.tocsin.schemas.statement.Statement;
import dev.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Writes the statement of each day that is over, one for each day, whoever writes it.
 *
 * <p>All consoles write under one transactional id. Whoever begins shuts out whoever began before,
 * then reads which statements there are, then writes: so nobody writes a day that somebody else has
 * written since it was read.
 */
public final class StatementWriter implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(StatementWriter.class);
  private static final long LOOK_EVERY_SECONDS = 60;

  private final Supplier<TopicLog> logs;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final StatementSettings settings;
  private final InstantSource clock;

  private @Nullable ScheduledExecutorService ticking;

  /** Nothing before it is to be stated; null while nobody has looked. Only one thread looks. */
  private @Nullable LocalDate next;

  StatementWriter(
      Supplier<TopicLog> logs,
      Supplier<Producer<byte[], byte[]>> producers,
      StatementSettings settings,
      InstantSource clock) {
    this.logs = logs;
    this.producers = producers;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public synchronized void start() {
    ticking =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("statements").factory());
    ticking.scheduleWithFixedDelay(this::look, 1, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      writeDue();
    } catch (RuntimeException e) {
      // The next look tries again; what is late is written then.
      LOG.warn("a day's statement could not be written yet: {}", String.valueOf(e.getMessage()));
    }
  }

  /** How many days were stated. */
  int writeDue() {
    Instant now = clock.instant();
    if (next != null && !settings.isDue(next, now)) {
      return 0;
    }
    try (TopicLog log = logs.get()) {
      Optional<LocalDate> first = toState(log, Chain.read(log));
      // When nothing came in yet, the first alert comes today at the earliest.
      next = first.orElse(settings.dayOf(now));
      if (first.isEmpty() || !settings.isDue(next, now)) {
        return 0;
      }
    }
    try {
      return write(now);
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      LOG.info("another console writes the statements");
      LOG.debug("shut out", e);
      return 0;
    }
  }

  private int write(Instant now) {
    int written = 0;
    try (Producer<byte[], byte[]> producer = producers.get()) {
      producer.initTransactions();
      try (TopicLog log = logs.get()) {
        Chain chain = Chain.read(log);
        LocalDate day = toState(log, chain).orElse(settings.dayOf(now));
        @Nullable Statement previous = chain.last().orElse(null);
        for (; settings.isDue(day, now); day = day.plusDays(1)) {
          Statement statement =
              new Books(log).close(day.toString(), period(day, previous), previous);
          producer.beginTransaction();
          producer.send(Journal.record(Topics.STATEMENTS, statement.day(), statement));
          producer.commitTransaction();
          tell(statement);
          previous = statement;
          written++;
        }
        next = day;
      }
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      throw e;
    } catch (KafkaException e) {
      throw new IllegalStateException("Kafka does not take it: " + e.getMessage(), e);
    }
    return written;
  }

  private Optional<LocalDate> toState(TopicLog log, Chain chain) {
    return chain
        .last()
        .map(last -> Optional.of(LocalDate.parse(last.day()).plusDays(1)))
        .orElseGet(() -> firstDay(log, settings));
  }

  /** The first whole day of alerts that the topic still has. */
  static Optional<LocalDate> firstDay(TopicLog log, StatementSettings settings) {
    return log.first(Topics.ALERTS.name())
        .map(
            first -> {
              LocalDate day = settings.dayOf(first.at());
              return first.isWhole() ? day : day.plusDays(1);
            });
  }

  private Books.Period period(LocalDate day, @Nullable Statement previous) {
    Instant from = previous == null ? settings.begins(day) : previous.to();
    Instant to = settings.begins(day.plusDays(1));
    return new Books.Period(from, to.isBefore(from) ? from : to, settings.settles(day));
  }

  private static void tell(Statement statement) {
    Statement.Alerts alerts = statement.alerts();
    if (statement.unexplained().isEmpty()) {
      LOG.info("stated {}: {} alerts, all accounted for", statement.day(), alerts.accepted());
    } else {
      LOG.warn(
          "stated {}: {} alerts; unexplained: {}",
          statement.day(),
          alerts.accepted(),
          statement.unexplained().size());
    }
  }

  @Override
  public synchronized void stop() {
    if (ticking != null) {
      ticking.shutdownNow();
      ticking = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return ticking != null;
  }
}
