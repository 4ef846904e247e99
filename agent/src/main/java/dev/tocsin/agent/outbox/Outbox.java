// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.outbox;

import dev.tocsin.kafka.deadletter.DeadLetter;
import dev.tocsin.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** The one producer of this service. */
public final class Outbox implements AutoCloseable {

  private static final String SERVICE = "agent";
  private static final String TRACEPARENT = "traceparent";

  private final DefaultKafkaProducerFactory<byte[], byte[]> producers;
  private final KafkaTemplate<byte[], byte[]> template;

  /**
   * @param config of the producer
   */
  public Outbox(Map<String, Object> config) {
    this.producers =
        new DefaultKafkaProducerFactory<>(
            config, new ByteArraySerializer(), new ByteArraySerializer());
    this.template = new KafkaTemplate<>(producers);
  }

  /**
   * Writes a value, or a tombstone.
   *
   * @param traceparent of what caused it; null when nothing did
   */
  public <V> CompletableFuture<?> send(
      Topic<V> topic, String key, @Nullable V value, @Nullable Header traceparent) {
    RecordHeaders headers = new RecordHeaders();
    if (traceparent != null) {
      headers.add(traceparent);
    }
    byte[] bytes = bytes(topic, headers, value);
    return template.send(
        new ProducerRecord<>(
            topic.name(), null, key.getBytes(StandardCharsets.UTF_8), bytes, headers));
  }

  /** Sets a record aside that cannot be worked on. */
  public CompletableFuture<?> setAside(
      ConsumerRecord<byte[], byte[]> record, String cause, Instant now) {
    return template.send(
        new DeadLetter(
                SERVICE,
                record.topic(),
                record.partition() + "/" + record.offset(),
                record.key(),
                record.value(),
                record.headers(),
                cause,
                now)
            .toRecord());
  }

  @Override
  public void close() {
    producers.destroy();
  }

  /** The trace a record belongs to. */
  public static @Nullable Header traceOf(ConsumerRecord<?, ?> record) {
    return record.headers().lastHeader(TRACEPARENT);
  }

  private static <V> byte @Nullable [] bytes(
      Topic<V> topic, RecordHeaders headers, @Nullable V value) {
    return value == null
        ? null
        : topic.valueSerde().serializer().serialize(topic.name(), headers, value);
  }
}
