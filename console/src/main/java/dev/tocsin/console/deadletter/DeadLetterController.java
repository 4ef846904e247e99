// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.deadletter;

import dev.tocsin.console.problem.Refusal;
import dev.tocsin.console.problem.Refuses;
import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What was set aside; sending it through again once its cause is gone, or dropping it. */
@RestController
@RequestMapping("/v1/dead-letters")
@Tag(name = "dead letters")
public final class DeadLetterController {

  private final DeadLetters letters;
  private final Undertaking undertaking;

  public DeadLetterController(DeadLetters letters, Undertaking undertaking) {
    this.letters = letters;
    this.undertaking = undertaking;
  }

  /** Where the record lies now. */
  record Replayed(String topic, int partition, long offset) {}

  /** Why a dead letter goes for good. */
  record Reason(@Nullable String reason) {}

  @GetMapping
  @Operation(summary = "Dead letters of all services, the latest first")
  Page<Letter.Summary> list(
      @RequestParam(required = false) @Nullable String service,
      @RequestParam(required = false) @Nullable String topic,
      @RequestParam(required = false) @Nullable String cause,
      @RequestParam(required = false) @Nullable Instant since,
      @RequestParam(required = false) @Nullable Instant until,
      @RequestParam(required = false) Fate.@Nullable State state,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return letters.page(
        new Query(service, topic, cause, since, until), state, PageRequest.of(cursor, limit));
  }

  @GetMapping("/{id}")
  @Operation(summary = "One dead letter, whole: key, value and headers as base64")
  Letter one(@PathVariable String id) {
    return letters.find(id).orElseThrow(() -> Refusal.unknown("dead letter", id));
  }

  @PostMapping("/{id}/replay")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Write the record to the topic it was read from once more")
  @Refuses(conflict = "It was dropped, or came over HTTP")
  Replayed replay(@PathVariable String id, Principal who) {
    Letter letter = one(id);
    if (letter.state() == Fate.State.DROPPED) {
      throw alreadyOver(letter);
    }
    if (!Letter.isTopic(letter.origin())) {
      throw Refusal.conflict(
          "dead letter %s came from %s, not from a topic: send it to ingest again instead"
              .formatted(id, letter.origin()));
    }
    RecordMetadata written = undertaking.replay(letter, who.getName());
    return new Replayed(written.topic(), written.partition(), written.offset());
  }

  @PostMapping("/replay")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Replay those that wait and match, the first set aside first; or count them")
  Bulk.Answer replay(@RequestBody Bulk wanted, Principal who) {
    List<Letter.Summary> waiting = letters.waiting(wanted.query());
    List<Letter.Summary> replayable =
        waiting.stream().filter(Letter.Summary::isReplayable).toList();
    List<Letter.Summary> now = wanted.share(replayable);
    undertaking.replayAll(now, who.getName());
    return Bulk.Answer.of(waiting.size(), replayable, now);
  }

  @PostMapping("/{id}/drop")
  @Operation(summary = "Say that nothing is to be done with it, and why")
  @Refuses(conflict = "It was replayed or dropped already")
  Letter drop(@PathVariable String id, @RequestBody Reason body, Principal who) {
    Letter letter = one(id);
    if (letter.state() != Fate.State.WAITING) {
      throw alreadyOver(letter);
    }
    undertaking.dropAll(List.of(letter.summary()), who.getName(), Bulk.reason(body.reason()));
    return one(id);
  }

  @PostMapping("/drop")
  @Operation(summary = "Drop those that wait and match, with a reason; or count them")
  Bulk.Answer drop(@RequestBody Bulk wanted, Principal who) {
    String reason = Bulk.reason(wanted.reason());
    List<Letter.Summary> waiting = letters.waiting(wanted.query());
    List<Letter.Summary> now = wanted.share(waiting);
    undertaking.dropAll(now, who.getName(), reason);
    return Bulk.Answer.of(waiting.size(), waiting, now);
  }

  private static Refusal alreadyOver(Letter letter) {
    Fate fate = letter.fate();
    return Refusal.conflict(
        fate == null
            ? "dead letter %s waits".formatted(letter.id())
            : "dead letter %s was %s by %s at %s: %s"
                .formatted(
                    letter.id(),
                    fate.state().name().toLowerCase(Locale.ROOT),
                    fate.by(),
                    fate.at(),
                    fate.detail()));
  }
}
