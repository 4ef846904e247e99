// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.pagerduty;

import dev.tocsin.testkit.callback.WebhookSender;
import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.FakeReceiver;
import dev.tocsin.testkit.receiver.Request;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Plays PagerDuty. An event is refused or taken as the vendor does it: a repeated trigger is a log
 * entry while the incident of its routing key and dedup key is open, and a new incident when it is
 * resolved; an acknowledge or resolve of nothing is answered 202 and dropped.
 */
public final class FakePagerDuty extends FakeReceiver {

  /** Known from the start; {@link #accept} adds more. */
  public static final String ROUTING_KEY = "R0UT1NGKEY0000000000000000000001";

  public static final String API_TOKEN = "fake-api-token";
  private static final int MOST_BYTES = 512 * 1024;

  private final Set<String> routingKeys = new HashSet<>(Set.of(ROUTING_KEY));
  private final Map<String, PagerDutyIncident> incidents = new LinkedHashMap<>();
  private final Map<String, Deque<Instant>> taken = new HashMap<>();
  private int perMinute;
  private int dropped;
  private boolean hidesKeys;
  private @Nullable Webhooks webhooks;

  private FakePagerDuty(InstantSource clock) {
    super(clock);
  }

  public static FakePagerDuty start() {
    return start(0);
  }

  public static FakePagerDuty start(int port) {
    return start(port, InstantSource.system());
  }

  public static FakePagerDuty start(int port, InstantSource clock) {
    FakePagerDuty fake = new FakePagerDuty(clock);
    fake.listen(port);
    return fake;
  }

  /** Knows one more integration. */
  public synchronized void accept(String routingKey) {
    routingKeys.add(routingKey);
  }

  /** Takes so many events of a routing key in any minute and answers 429 to more; 0 takes all. */
  public synchronized void limitPerMinute(int events) {
    perMinute = events;
  }

  /** All incidents, in the order they were opened. */
  public synchronized List<PagerDutyIncident> incidents() {
    return List.copyOf(incidents.values());
  }

  public List<PagerDutyIncident> openIncidents() {
    return incidents().stream().filter(PagerDutyIncident::isOpen).toList();
  }

  /** More than one means that somebody was paged twice for the same. */
  public List<PagerDutyIncident> incidentsOpenedFor(String dedupKey) {
    return incidents().stream().filter(i -> i.dedupKey().equals(dedupKey)).toList();
  }

  /** Tells of what happens here over webhooks, in version 3. */
  public synchronized WebhookSender sendWebhooksTo(URI receiver, String secret) {
    WebhookSender sender = new WebhookSender(receiver, secret, "X-PagerDuty-Signature", "v1=");
    webhooks = new Webhooks(sender);
    return sender;
  }

  /** Answers 202 to so many events, and forgets them. */
  public synchronized void dropNext(int events) {
    dropped = events;
  }

  /** As on services that keep alerts below incidents: an incident does not show its key. */
  public synchronized void hideKeys() {
    hidesKeys = true;
  }

  synchronized boolean hidesKeys() {
    return hidesKeys;
  }

  /** A person acknowledges in PagerDuty. */
  public synchronized void acknowledgeByHand(String incidentId, String person) {
    change(
        incidents.get(incidentId),
        PagerDutyIncident.Status.ACKNOWLEDGED,
        "acknowledged by " + person,
        person);
  }

  /** A person resolves in PagerDuty. */
  public synchronized void resolveByHand(String incidentId, String person) {
    change(
        incidents.get(incidentId),
        PagerDutyIncident.Status.RESOLVED,
        "resolved by " + person,
        person);
  }

  /** A person opens a resolved incident again. */
  public synchronized void reopenByHand(String incidentId, String person) {
    PagerDutyIncident open =
        known(incidentId).reopened(clock.instant()).logged("reopened by " + person);
    incidents.put(incidentId, open);
    tell("incident.reopened", open, person, List.of());
  }

  /** A person gives the incident to another. */
  public synchronized void reassignByHand(String incidentId, String person, String to) {
    tell("incident.reassigned", known(incidentId), person, List.of(to));
  }

  /** A person writes a note. */
  public synchronized void noteByHand(String incidentId, String person, String text) {
    known(incidentId);
    note(incidentId, text, person);
  }

  private PagerDutyIncident known(String id) {
    PagerDutyIncident incident = incidents.get(id);
    if (incident == null) {
      throw new IllegalArgumentException("no incident " + id + " among " + incidents.keySet());
    }
    return incident;
  }

  @Override
  protected synchronized Answer answer(Request request) {
    if (request.path().equals("/v2/enqueue")) {
      return request.method().equals("POST") ? enqueue(request) : Answer.empty(405);
    }
    return new RestApi(this).answer(request);
  }

  private Answer enqueue(Request request) {
    if (request.body().length > MOST_BYTES) {
      return invalid(413, List.of("Event exceeds the maximum size of 512 KB"));
    }
    JsonNode event;
    try {
      event = request.json();
    } catch (JacksonException e) {
      return invalid(400, List.of("JSON is invalid"));
    }
    List<String> faults = EventRules.faults(event);
    if (!faults.isEmpty()) {
      return invalid(400, faults);
    }
    String routingKey = event.path("routing_key").asString();
    if (!routingKeys.contains(routingKey)) {
      return invalid(400, List.of("Invalid routing key"));
    }
    if (isTooMany(routingKey)) {
      return Answer.json(
          429,
          Map.of(
              "status", "throttle exceeded",
              "message",
                  "Requests for this service are arriving too quickly. Please retry later."));
    }
    String dedupKey = event.path("dedup_key").asString("fake-dedup-" + request.number());
    if (dropped > 0) {
      dropped--;
    } else {
      take(event, routingKey, dedupKey);
    }
    return Answer.json(
        202, Map.of("status", "success", "message", "Event processed", "dedup_key", dedupKey));
  }

  private void take(JsonNode event, String routingKey, String dedupKey) {
    PagerDutyIncident open = open(routingKey, dedupKey);
    switch (event.path("event_action").asString()) {
      case "trigger" -> {
        if (open == null) {
          open(event, routingKey, dedupKey);
        } else {
          incidents.put(open.id(), open.logged("trigger"));
        }
      }
      case "acknowledge" ->
          change(open, PagerDutyIncident.Status.ACKNOWLEDGED, "acknowledge", null);
      default -> change(open, PagerDutyIncident.Status.RESOLVED, "resolve", null);
    }
  }

  private void open(JsonNode event, String routingKey, String dedupKey) {
    int number = incidents.size() + 1;
    String id = "PINC%08d".formatted(number);
    PagerDutyIncident opened =
        new PagerDutyIncident(
            id,
            number,
            routingKey,
            dedupKey,
            PagerDutyIncident.Status.TRIGGERED,
            clock.instant(),
            event,
            List.of("trigger"),
            List.of(),
            clock.instant(),
            null);
    incidents.put(id, opened);
    tell("incident.triggered", opened, null, List.of());
  }

  private @Nullable PagerDutyIncident open(String routingKey, String dedupKey) {
    Optional<PagerDutyIncident> open =
        incidents.values().stream()
            .filter(i -> i.isOpen())
            .filter(i -> i.routingKey().equals(routingKey) && i.dedupKey().equals(dedupKey))
            .findFirst();
    return open.orElse(null);
  }

  private boolean isTooMany(String routingKey) {
    if (perMinute == 0) {
      return false;
    }
    Instant now = clock.instant();
    Deque<Instant> recent = taken.computeIfAbsent(routingKey, k -> new ArrayDeque<>());
    while (!recent.isEmpty() && recent.peek().isBefore(now.minusSeconds(60))) {
      recent.poll();
    }
    if (recent.size() >= perMinute) {
      return true;
    }
    recent.add(now);
    return false;
  }

  synchronized @Nullable PagerDutyIncident incident(String id) {
    return incidents.get(id);
  }

  synchronized void note(String id, String text, String by) {
    PagerDutyIncident noted = known(id).noted(text);
    incidents.put(id, noted);
    if (webhooks != null) {
      webhooks.tellNote(noted, text, by, clock.instant());
    }
  }

  synchronized void change(String id, PagerDutyIncident.Status to, String line, String by) {
    change(incidents.get(id), to, line, by);
  }

  private void change(
      @Nullable PagerDutyIncident incident,
      PagerDutyIncident.Status to,
      String line,
      @Nullable String by) {
    if (incident != null && incident.isOpen()) {
      PagerDutyIncident changed = incident.in(to, clock.instant()).logged(line);
      incidents.put(incident.id(), changed);
      tell("incident." + to.name().toLowerCase(Locale.ROOT), changed, by, List.of());
    }
  }

  private void tell(
      String type, PagerDutyIncident incident, @Nullable String by, List<String> assignees) {
    if (webhooks != null) {
      webhooks.tell(type, incident, by, assignees, clock.instant());
    }
  }

  private static Answer invalid(int status, List<String> errors) {
    return Answer.json(
        status,
        Map.of(
            "status", "invalid event",
            "message", "Event object is invalid",
            "errors", errors));
  }
}
