// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.delivery;

import dev.tocsin.console.journal.Journal;
import dev.tocsin.console.problem.Refusal;
import dev.tocsin.console.problem.Refuses;
import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.topic.Topics;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
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

/** What was told to whom; and telling it again. */
@RestController
@RequestMapping("/v1/deliveries")
@Tag(name = "deliveries")
public final class DeliveryController {

  private final Deliveries deliveries;
  private final Journal journal;
  private final InstantSource clock;

  public DeliveryController(Deliveries deliveries, Journal journal, InstantSource clock) {
    this.deliveries = deliveries;
    this.journal = journal;
    this.clock = clock;
  }

  /** The id of the command that was written. */
  record Accepted(String command) {}

  @GetMapping
  @Operation(summary = "Deliveries, the latest planned first")
  Page<DeliverySummary> list(
      @RequestParam(required = false) Delivery.@Nullable Status status,
      @RequestParam(required = false) @Nullable String channel,
      @RequestParam(required = false) @Nullable String incident,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return deliveries.page(
        status,
        incident,
        PageRequest.of(cursor, limit),
        delivery -> channel == null || delivery.channel().equals(channel));
  }

  @GetMapping("/{id}")
  @Operation(summary = "One delivery with what it tells and its last attempts")
  Delivery one(@PathVariable String id) {
    return deliveries.find(id).orElseThrow(() -> Refusal.unknown("delivery", id));
  }

  @PostMapping("/{id}/replay")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Send a dead or delivered one again, under the same idempotency key")
  @Refuses(conflict = "It is still being tried, or was not sent on purpose")
  Accepted replay(@PathVariable String id, Principal who) {
    Delivery delivery = one(id);
    switch (delivery.status()) {
      case DEAD, DELIVERED -> {}
      case PENDING ->
          throw Refusal.conflict(
              "delivery %s is still being tried, next at %s"
                  .formatted(id, delivery.nextAttemptAt()));
      case CANCELLED ->
          throw Refusal.conflict(
              "delivery %s was not sent on purpose: %s".formatted(id, delivery.detail()));
    }
    Command.ReplayDelivery command =
        command(id, delivery.notification().endpoint(), who, clock.instant());
    journal.write(who.getName(), "delivery.replay", id, command.id(), record(command));
    return new Accepted(command.id());
  }

  @PostMapping("/replay")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Send dead ones that match again, the first planned first; or count them")
  Again.Answer replay(@RequestBody Again wanted, Principal who) {
    wanted.check();
    Instant now = clock.instant();
    List<DeliverySummary> dead = deliveries.dead(wanted);
    List<DeliverySummary> share = wanted.share(dead);
    if (!share.isEmpty()) {
      journal.writeAll(
          who.getName(),
          "delivery.replay",
          share.getFirst().id(),
          "%d deliveries up to %s".formatted(share.size(), share.getLast().id()),
          share.stream().map(d -> record(command(d.id(), d.endpoint(), who, now))).toList());
    }
    return Again.Answer.of(dead, share);
  }

  private static Command.ReplayDelivery command(
      String id, String endpoint, Principal who, Instant now) {
    String by = who.getName();
    return new Command.ReplayDelivery(
        ContentId.of("cmd", "replay", id, by, now), endpoint, id, by, "console", now);
  }

  private static ProducerRecord<byte[], byte[]> record(Command.ReplayDelivery command) {
    return Journal.record(Topics.COMMANDS, command.endpoint(), command);
  }
}
