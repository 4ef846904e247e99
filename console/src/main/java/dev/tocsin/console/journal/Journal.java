// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.journal;

import dev.tocsin.console.ConsoleMetrics;
import dev.tocsin.console.problem.Refusal;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what somebody asked for: who and what first, then the wish itself, both acknowledged
 * by all replicas before anybody is told yes.
 */
public final class Journal {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final long ANSWER_SECONDS = 12;

  private final Producer<byte[], byte[]> producer;
  private final InstantSource clock;
  private final ConsoleMetrics metrics;

  public Journal(Producer<byte[], byte[]> producer, InstantSource clock, ConsoleMetrics metrics) {
    this.producer = producer;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** Where the wish lies; a refusal when Kafka does not take it. */
  public RecordMetadata write(
      String actor,
      String action,
      String target,
      String detail,
      ProducerRecord<byte[], byte[]> wish) {
    return write(actor, action, target, detail, List.of(wish));
  }

  /**
   * Several that are one: each is written before the next, so that whoever acts on the first can do
   * what is missing. Where the last lies.
   */
  public RecordMetadata write(
      String actor,
      String action,
      String target,
      String detail,
      List<ProducerRecord<byte[], byte[]>> wish) {
    RecordMetadata written = audit(actor, action, target, detail);
    for (ProducerRecord<byte[], byte[]> part : wish) {
      written = send(part);
    }
    metrics.asked(action);
    return written;
  }

  /**
   * Several wishes under one audit entry, in order; a refusal when Kafka does not take them all.
   */
  public void writeAll(
      String actor,
      String action,
      String target,
      String detail,
      List<ProducerRecord<byte[], byte[]>> wishes) {
    audit(actor, action, target, detail);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try {
      wishes.forEach(wish -> sent.add(producer.send(wish)));
    } catch (KafkaException e) {
      throw refused(action, e);
    }
    sent.forEach(one -> LOG.debug("written at {}", await(action, one)));
    metrics.asked(action);
  }

  /** Something somebody did, or tried and may not have been allowed; where the entry lies. */
  public RecordMetadata audit(String actor, String action, String target, String detail) {
    Instant now = clock.instant();
    AuditEntry entry =
        new AuditEntry(
            ContentId.of("aud", actor, action, target, detail, now),
            actor,
            action,
            target,
            detail,
            now);
    RecordMetadata written = send(record(Topics.AUDIT, actor, entry));
    LOG.debug("audited at {}", written);
    return written;
  }

  private RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
    try {
      return await(record.topic(), producer.send(record));
    } catch (KafkaException e) {
      throw refused(record.topic(), e);
    }
  }

  private static RecordMetadata await(String what, Future<RecordMetadata> sent) {
    try {
      return sent.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw refused(what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.unavailable("the console is stopping", 5);
    }
  }

  private static Refusal refused(String what, Exception e) {
    LOG.warn("{}: Kafka does not take it: {}", what, String.valueOf(e.getMessage()));
    return Refusal.unavailable("Kafka does not take it now; ask again", 5);
  }

  /** A value as it travels; null is a tombstone. */
  public static <V> ProducerRecord<byte[], byte[]> record(
      Topic<V> topic, String key, @Nullable V value) {
    RecordHeaders headers = new RecordHeaders();
    byte @Nullable [] bytes =
        value == null
            ? null
            : topic.valueSerde().serializer().serialize(topic.name(), headers, value);
    return new ProducerRecord<>(
        topic.name(), null, key.getBytes(StandardCharsets.UTF_8), bytes, headers);
  }
}
