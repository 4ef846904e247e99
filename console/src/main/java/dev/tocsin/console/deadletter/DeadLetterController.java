// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.deadletter;

import dev.tocsin.console.journal.Journal;
import dev.tocsin.console.problem.Refusal;
import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.schemas.topic.Topics;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What was set aside; and sending it through again once its cause is gone. */
@RestController
@RequestMapping("/v1/dead-letters")
@Tag(name = "dead letters")
public final class DeadLetterController {

  private final DeadLetters letters;
  private final Journal journal;

  public DeadLetterController(DeadLetters letters, Journal journal) {
    this.letters = letters;
    this.journal = journal;
  }

  /** Where the record lies now. */
  record Replayed(String topic, int partition, long offset) {}

  @GetMapping
  @Operation(summary = "Dead letters of all services, the latest first")
  Page<Letter.Summary> list(
      @RequestParam(required = false) @Nullable String service,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    if (service != null && !Topics.DEAD_LETTER_SERVICES.contains(service)) {
      throw Refusal.parameter(
          "service", service, "one of " + String.join(", ", Topics.DEAD_LETTER_SERVICES));
    }
    return letters.page(service, PageRequest.of(cursor, limit));
  }

  @GetMapping("/{id}")
  @Operation(summary = "One dead letter, whole: key, value and headers as base64")
  Letter one(@PathVariable String id) {
    return letters.find(id).orElseThrow(() -> Refusal.unknown("dead letter", id));
  }

  @PostMapping("/{id}/replay")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Write the record to the topic it was read from once more")
  Replayed replay(@PathVariable String id, Principal who) {
    Letter letter = one(id);
    boolean known = Topics.ALL.stream().anyMatch(topic -> topic.name().equals(letter.origin()));
    if (!known) {
      throw Refusal.conflict(
          "dead letter %s came from %s, not from a topic: send it to ingest again instead"
              .formatted(id, letter.origin()));
    }
    RecordHeaders headers = new RecordHeaders();
    letter.headers().forEach(header -> headers.add(header.name(), Letter.bytes(header.value())));
    RecordMetadata written =
        journal.write(
            who.getName(),
            "dead-letter.replay",
            id,
            "to " + letter.origin(),
            new ProducerRecord<>(
                letter.origin(),
                null,
                Letter.bytes(letter.key()),
                Letter.bytes(letter.value()),
                headers));
    return new Replayed(written.topic(), written.partition(), written.offset());
  }
}
