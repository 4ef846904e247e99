// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.deadletter;

import dev.tocsin.schemas.topic.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record that could be read and not decided becomes a dead letter, and the stream goes on.
 *
 * <p>The dead letter is forwarded like any other record, so nothing may have been written for the
 * record before: see RATIONALE.md.
 */
public final class SetAsideUndecidable {

  /** The origin of what no topic brought. */
  private static final String TIMER = "timer";

  private static final Logger LOG = LoggerFactory.getLogger(SetAsideUndecidable.class);

  private final ProcessorContext<Object, Object> context;
  private final String service;
  private final String node;

  /**
   * @param node the sink for dead letters, as {@link dev.tocsin.kafka.streams.Nodes} adds it
   */
  public SetAsideUndecidable(
      ProcessorContext<Object, Object> context, String service, String node) {
    this.context = context;
    this.service = service;
    this.node = node;
  }

  /**
   * @param record as it was read, or what a timer stands for
   * @throws KafkaException when that is the cause: the store's or the broker's trouble is no fault
   *     of the record, and the task has to fail
   */
  public void accept(Record<String, ?> record, Throwable cause) {
    if (cause instanceof KafkaException trouble) {
      throw trouble;
    }
    // In a punctuation there is metadata too, of no topic.
    Optional<RecordMetadata> read = context.recordMetadata().filter(m -> m.topic() != null);
    String origin = read.map(RecordMetadata::topic).orElse(TIMER);
    String position = read.map(m -> m.partition() + "/" + m.offset()).orElse(null);
    String place = position == null ? origin : origin + " " + position;
    LOG.error("{}, key {}: set aside, cannot be decided", place, record.key(), cause);
    DeadLetter letter =
        new DeadLetter(
            service,
            origin,
            position,
            record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8),
            Json.MAPPER.writeValueAsBytes(record.value()),
            record.headers(),
            "cannot be decided: " + cause,
            Instant.ofEpochMilli(record.timestamp()));
    context.forward(
        new Record<>(letter.key(), letter.value(), record.timestamp(), letter.toHeaders()), node);
  }
}
