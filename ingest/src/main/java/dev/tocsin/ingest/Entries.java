// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.AlertReader.Reading;
import dev.tocsin.ingest.spool.Entry;
import dev.tocsin.kafka.deadletter.DeadLetter;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of a message: one for each alert or callback, and a dead letter for what cannot be
 * read.
 */
final class Entries {

  private final Serializer<Alert> serializer = Topics.ALERTS.valueSerde().serializer();
  private final Serializer<Callback> callbackSerializer =
      Topics.CALLBACKS.valueSerde().serializer();

  Entry of(Arrival arrival, Reading reading) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    String cause = reading.unreadable();
    if (cause != null) {
      records.add(deadLetter(arrival, cause));
    }
    reading.alerts().forEach(alert -> records.add(record(arrival, alert)));
    return new Entry(arrival.receipt(), arrival.receivedAt(), records);
  }

  /** The same for a vendor's webhook; of one without use nothing is left. */
  Entry of(Arrival arrival, List<Callback> callbacks, @Nullable String unreadable) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    if (unreadable != null) {
      records.add(deadLetter(arrival, unreadable));
    }
    callbacks.forEach(callback -> records.add(record(arrival, callback)));
    return new Entry(arrival.receipt(), arrival.receivedAt(), records);
  }

  private ProducerRecord<byte[], byte[]> record(Arrival arrival, Callback callback) {
    String topic = Topics.CALLBACKS.name();
    Headers headers = headers(arrival);
    byte[] value = callbackSerializer.serialize(topic, headers, callback);
    return new ProducerRecord<>(topic, null, bytes(callback.key()), value, headers);
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
}
