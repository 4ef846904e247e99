// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static dev.tocsin.ingest.refusal.RefusalReason.NOT_DURABLE;

import dev.tocsin.ingest.AlertReader.Reading;
import dev.tocsin.ingest.refusal.Refusal;
import dev.tocsin.kafka.deadletter.DeadLetter;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Writes a message's alerts, and returns when every replica in sync has them all.
 *
 * <p>All is serialised before anything is written, and all is written before anything is waited
 * for. When a write fails, some of the message's alerts may be in the topic; the sender is told to
 * come again, and detection knows a repeat when it sees one.
 */
final class AlertWriter {

  private static final Logger LOG = LoggerFactory.getLogger(AlertWriter.class);

  /** A little longer than the producer's own delivery.timeout.ms, which normally ends it. */
  private static final Duration PATIENCE = Duration.ofSeconds(7);

  private final KafkaTemplate<byte[], byte[]> kafka;
  private final Serializer<Alert> serializer = Topics.ALERTS.valueSerde().serializer();

  AlertWriter(KafkaTemplate<byte[], byte[]> kafka) {
    this.kafka = kafka;
  }

  void write(Arrival arrival, Reading reading) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    String cause = reading.unreadable();
    if (cause != null) {
      records.add(deadLetter(arrival, cause));
    }
    reading.alerts().forEach(alert -> records.add(record(arrival, alert)));
    try {
      List<CompletableFuture<?>> writes = new ArrayList<>(records.size());
      for (ProducerRecord<byte[], byte[]> record : records) {
        writes.add(kafka.send(record));
      }
      CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      throw notDurable(e);
    } catch (org.springframework.kafka.KafkaException e) {
      throw notDurable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notDurable(e);
    }
  }

  private ProducerRecord<byte[], byte[]> record(Arrival arrival, Alert alert) {
    String topic = Topics.ALERTS.name();
    Headers headers = headers(arrival);
    byte[] value = serializer.serialize(topic, headers, alert);
    return new ProducerRecord<>(topic, null, bytes(alert.group()), value, headers);
  }

  private static ProducerRecord<byte[], byte[]> deadLetter(Arrival arrival, String cause) {
    Headers headers = headers(arrival);
    headers.add("tocsin_source", bytes(arrival.source()));
    String contentType = arrival.contentType();
    if (contentType != null) {
      headers.add("content-type", bytes(contentType));
    }
    return new DeadLetter(
            "ingest",
            "http",
            null,
            bytes("unreadable/" + arrival.source()),
            arrival.body(),
            headers,
            cause,
            arrival.receivedAt())
        .toRecord();
  }

  private static Headers headers(Arrival arrival) {
    return new RecordHeaders()
        .add(TraceParent.HEADER, bytes(arrival.traceparent()))
        .add("tocsin_receipt", bytes(arrival.receipt()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Refusal notDurable(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    LOG.warn("an alert could not be made durable: {}", cause.toString());
    return new Refusal(
        NOT_DURABLE,
        "the alert could not be made durable, so it is not accepted: the broker did not confirm it in time. Send it again");
  }
}
