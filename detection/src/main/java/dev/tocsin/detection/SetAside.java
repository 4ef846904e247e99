// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.kafka.deadletter.DeadLetter;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.topic.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a dead letter of a record that could be read and not decided. */
final class SetAside<K, V> {

  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);

  private final ProcessorContext<K, V> context;
  private final String sink;

  /**
   * @param sink the node that dead letters are forwarded to
   */
  SetAside(ProcessorContext<K, V> context, String sink) {
    this.context = context;
    this.sink = sink;
  }

  @SuppressWarnings("unchecked") // The sink for dead letters takes bytes, whatever the others take.
  void accept(Record<String, ?> record, Throwable cause, Instant now) {
    Optional<RecordMetadata> from = context.recordMetadata();
    String topic = from.map(RecordMetadata::topic).orElse("");
    String position = from.map(m -> m.partition() + "/" + m.offset()).orElse(null);
    LOG.error("{} {}: set aside, cannot be decided", topic, position, cause);
    DeadLetter letter =
        new DeadLetter(
            DetectionTopology.SERVICE,
            topic,
            position,
            record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8),
            Json.MAPPER.writeValueAsBytes(record.value()),
            record.headers(),
            "cannot be decided: " + cause,
            now);
    context.forward(
        (Record<? extends K, ? extends V>)
            new Record<Object, Object>(
                letter.key(), letter.value(), record.timestamp(), letter.toHeaders()),
        sink);
  }

  /** Such an alert is accounted for, too. Empty when it lacks even an id. */
  Optional<AlertOutcome> outcome(Alert alert, Instant now, String ruleVersion) {
    if (isMissing(alert.id())) {
      return Optional.empty();
    }
    return Optional.of(
        new AlertOutcome(
            alert.id(),
            AlertOutcome.Outcome.DEAD_LETTER,
            AlertOutcome.Reason.UNDECIDABLE,
            null,
            "It could not be decided, and lies among the dead letters of detection.",
            text(alert.source()),
            text(alert.title()),
            text(alert.group()),
            isMissing(alert.receivedAt()) ? now : alert.receivedAt(),
            now,
            ruleVersion));
  }

  private static boolean isMissing(@Nullable Object member) {
    return member == null;
  }

  private static String text(@Nullable String member) {
    return member == null ? "" : member;
  }
}
