// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static dev.tocsin.ingest.refusal.RefusalReason.NOT_DURABLE;

import dev.tocsin.ingest.AlertReader.Reading;
import dev.tocsin.ingest.refusal.Refusal;
import dev.tocsin.ingest.spool.Entry;
import dev.tocsin.ingest.spool.KafkaLog;
import dev.tocsin.ingest.spool.SourceSpool;
import dev.tocsin.ingest.spool.Spool;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a message durable: returns when Kafka has confirmed all of it or, where Kafka does not in
 * time, when all of it is on disk.
 *
 * <p>While anything of a source waits on disk, what comes later from that source waits behind it.
 */
final class AlertWriter {

  private static final Logger LOG = LoggerFactory.getLogger(AlertWriter.class);

  /** For a message the disk does not take: a little longer than delivery.timeout.ms. */
  private static final Duration LAST_RESORT = Duration.ofSeconds(7);

  private final Entries entries = new Entries();
  private final KafkaLog kafka;
  private final Spool spool;
  private final Duration after;

  /**
   * @param after how long Kafka may take
   */
  AlertWriter(KafkaLog kafka, Spool spool, Duration after) {
    this.kafka = kafka;
    this.spool = spool;
    this.after = after;
  }

  /** What made a message durable. */
  enum Durable {
    KAFKA,
    SPOOL
  }

  Durable write(Arrival arrival, Reading reading) {
    Entry entry = entries.of(arrival, reading);
    SourceSpool own = spool.of(arrival.source());
    CompletableFuture<?> write = null;
    if (own.isEmpty() && !kafka.isAway()) {
      write = kafka.write(entry);
      if (isConfirmed(write, after)) {
        kafka.confirmed();
        return Durable.KAFKA;
      }
      kafka.unconfirmed();
    }
    try {
      own.append(entry, reading.isCritical(), write);
      return Durable.SPOOL;
    } catch (IOException e) {
      if (write == null && own.isEmpty() && kafka.isOpen()) {
        // Nobody drains what is empty, so nobody else would find out that Kafka is back.
        write = kafka.write(entry);
      }
      if (write != null && isConfirmed(write, LAST_RESORT)) {
        kafka.confirmed();
        return Durable.KAFKA;
      }
      throw notDurable(e);
    }
  }

  private static boolean isConfirmed(CompletableFuture<?> write, Duration within) {
    try {
      write.get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Refusal notDurable(IOException e) {
    LOG.warn("an alert could not be made durable: {}", String.valueOf(e.getMessage()));
    return new Refusal(
        NOT_DURABLE,
        "the alert could not be made durable, so it is not accepted: Kafka did not confirm it in time, and the disk did not take it. Send it again");
  }
}
