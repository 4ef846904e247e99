// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import dev.tocsin.console.delivery.Course;
import dev.tocsin.console.delivery.Deliveries;
import dev.tocsin.console.journal.Journal;
import dev.tocsin.console.problem.Refusal;
import dev.tocsin.console.problem.Refuses;
import dev.tocsin.console.setting.Settings;
import dev.tocsin.console.view.Page;
import dev.tocsin.console.view.PageRequest;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Topics;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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

/** What a subscription was sent, and sending it again. Its own token is enough for both. */
@RestController
@RequestMapping("/v1/subscriptions/{id}")
@Tag(name = "subscriptions")
public final class SubscriptionPastController {

  /** A replay that asks for more is told where to go on. */
  private static final int MOST = 1_000;

  /** As long as lanes remember what they delivered. */
  private static final Duration FARTHEST = Duration.ofDays(30);

  /** The commands of one replay are read by every service: a loop must not fill the topic. */
  private static final Duration BETWEEN_REPLAYS = Duration.ofSeconds(2);

  private final Subscriptions subscriptions;
  private final Deliveries deliveries;
  private final Journal journal;
  private final InstantSource clock;
  private final ConcurrentMap<String, Instant> lastReplay = new ConcurrentHashMap<>();

  public SubscriptionPastController(
      Settings settings, Deliveries deliveries, Journal journal, InstantSource clock) {
    this.subscriptions = new Subscriptions(settings);
    this.deliveries = deliveries;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * From where on to send again: one of the two.
   *
   * @param after the id of the last event that need not come again
   * @param limit at most so many deliveries
   */
  record Wanted(@Nullable Instant since, @Nullable String after, @Nullable Integer limit) {}

  /**
   * How far a replay goes.
   *
   * @param replayed deliveries that are sent again, in the order in which they were planned
   * @param pending of the same time, those that are still being tried anyway
   * @param first the id of the first event; null when there is none
   * @param last the id of the last event
   * @param next what to ask for to go on; null when that was all
   */
  record Replay(
      int replayed,
      int pending,
      @Nullable String first,
      @Nullable String last,
      @Nullable Wanted next) {}

  @GetMapping("/deliveries")
  @Operation(summary = "What was sent and what was answered, the latest planned first")
  Page<LogEntry> log(
      @PathVariable String id,
      @RequestParam(required = false) Delivery.@Nullable Status status,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "20") int limit,
      Principal who) {
    Access.check(subscriptions.get(id), who, clock.instant());
    Page<Delivery> page =
        deliveries.ofEndpoint(Shown.endpoint(id), status, PageRequest.of(cursor, limit));
    return new Page<>(page.items().stream().map(d -> LogEntry.of(d, false)).toList(), page.next());
  }

  @GetMapping("/deliveries/{delivery}")
  @Operation(summary = "One delivery with the body as it was sent")
  LogEntry one(@PathVariable String id, @PathVariable String delivery, Principal who) {
    Access.check(subscriptions.get(id), who, clock.instant());
    return deliveries
        .find(delivery)
        .filter(d -> d.notification().endpoint().equals(Shown.endpoint(id)))
        .map(d -> LogEntry.of(d, true))
        .orElseThrow(() -> Refusal.unknown("delivery of this subscription", delivery));
  }

  @PostMapping("/replay")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Send again what was planned since a time or after an event, under the same ids")
  @Refuses(conflict = "It is disabled", tooSoon = "The last replay was asked for a moment ago")
  Replay replay(@PathVariable String id, @RequestBody Wanted wanted, Principal who) {
    Instant now = clock.instant();
    Setting.Subscription subscription = subscriptions.get(id);
    Access.check(subscription, who, now);
    SubscriptionLifeController.refuseDisabled(subscriptions, id);
    Course.Section section = section(id, wanted, now);
    refuseTooSoon(id, now);
    List<Delivery> over =
        section.deliveries().stream().filter(d -> d.status() != Delivery.Status.PENDING).toList();
    if (!over.isEmpty()) {
      String by = who.getName();
      journal.writeAll(
          by,
          "subscription.replay",
          id,
          "%d deliveries from %s on".formatted(over.size(), over.getFirst().id()),
          over.stream().map(d -> command(d, by, now)).toList());
    }
    return answer(section, over.size());
  }

  private Course.Section section(String id, Wanted wanted, Instant now) {
    int most = wanted.limit() == null ? MOST : wanted.limit();
    if (most < 1 || most > MOST) {
      throw Refusal.parameter("limit", most, "a number from 1 to " + MOST);
    }
    Course course = deliveries.course();
    String endpoint = Shown.endpoint(id);
    Instant since = wanted.since();
    String after = wanted.after();
    if ((since == null) == (after == null)) {
      throw Refusal.parameter(
          "body",
          since == null ? "neither" : "both",
          "either {\"since\": a time} or {\"after\": an event's id}");
    }
    if (since != null) {
      if (since.isBefore(now.minus(FARTHEST)) || since.isAfter(now)) {
        throw Refusal.parameter("since", since, "a time within the last 30 days");
      }
      return course.since(endpoint, since, most);
    }
    return course
        .after(endpoint, Notification.deliveryId(id, String.valueOf(after)), most)
        .orElseThrow(() -> Refusal.unknown("event of this subscription", String.valueOf(after)));
  }

  private void refuseTooSoon(String id, Instant now) {
    Instant last = lastReplay.get(id);
    if (last != null && last.plus(BETWEEN_REPLAYS).isAfter(now)) {
      throw Refusal.tooSoon("the last replay of this subscription was asked for at " + last, 2);
    }
    lastReplay.put(id, now);
  }

  private static ProducerRecord<byte[], byte[]> command(Delivery delivery, String by, Instant now) {
    String endpoint = delivery.notification().endpoint();
    return Journal.record(
        Topics.COMMANDS,
        endpoint,
        new Command.ReplayDelivery(
            ContentId.of("cmd", "replay", delivery.id(), by, now),
            endpoint,
            delivery.id(),
            by,
            "console",
            now));
  }

  private static Replay answer(Course.Section section, int replayed) {
    List<Delivery> all = section.deliveries();
    if (all.isEmpty()) {
      return new Replay(0, 0, null, null, null);
    }
    String last = eventId(all.getLast());
    return new Replay(
        replayed,
        all.size() - replayed,
        eventId(all.getFirst()),
        last,
        section.more() ? new Wanted(null, last, null) : null);
  }

  private static @Nullable String eventId(Delivery delivery) {
    return LogEntry.of(delivery, false).event();
  }
}
