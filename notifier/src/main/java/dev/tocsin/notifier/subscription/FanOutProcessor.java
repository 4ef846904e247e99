// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.subscription;

import dev.tocsin.kafka.deadletter.SetAsideUndecidable;
import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.kafka.timer.TimerQueue;
import dev.tocsin.notifier.watch.NotifierMetrics;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.step.StepResult;
import dev.tocsin.schemas.topic.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Plans a notification for each subscription that wants to hear of what happened. */
public final class FanOutProcessor implements Processor<String, Object, Object, Object> {

  /** Incidents as filters see them, and when they are forgotten. */
  public static final String STORE = "fan-out";

  /** Runs and deliveries of an incident go on for a while after its end. */
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private static final Duration TIDY_EVERY = Duration.ofMinutes(1);

  private final String service;
  private final String notificationsNode;
  private final String deadLettersNode;
  private final Subscriptions subscriptions;
  private final NotifierMetrics metrics;

  private @Nullable Open open;

  /** What there is once the processor has its place in a running topology. */
  private record Open(
      ProcessorContext<Object, Object> context,
      Shelf incidents,
      TimerQueue timers,
      SetAsideUndecidable setAside) {}

  private record Decision(@Nullable IncidentBrief incident, List<Notification> notifications) {}

  public FanOutProcessor(
      String service,
      String notificationsNode,
      String deadLettersNode,
      Subscriptions subscriptions,
      NotifierMetrics metrics) {
    this.service = service;
    this.notificationsNode = notificationsNode;
    this.deadLettersNode = deadLettersNode;
    this.subscriptions = subscriptions;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(STORE);
    open =
        new Open(
            context,
            new Shelf(store, "incidents"),
            new TimerQueue(new Shelf(store, "timers")),
            new SetAsideUndecidable(context, service, deadLettersNode));
    context.schedule(TIDY_EVERY, PunctuationType.WALL_CLOCK_TIME, this::forget);
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() == null) {
      return;
    }
    Instant now = Instant.ofEpochMilli(record.timestamp());
    Decision decision;
    byte[] incident;
    try {
      decision = decide(record.value(), now);
      incident =
          decision.incident() == null ? null : Json.MAPPER.writeValueAsBytes(decision.incident());
    } catch (RuntimeException | StackOverflowError e) {
      opened().setAside().accept(record, e);
      return;
    }
    if (incident != null && decision.incident() != null) {
      remember(decision.incident(), incident);
    }
    for (Notification n : decision.notifications()) {
      opened()
          .context()
          .forward(
              new Record<>(n.endpoint(), n, record.timestamp(), record.headers()),
              notificationsNode);
      if (n.content() instanceof Content.Event event) {
        metrics.eventSent(event.eventType());
      }
    }
  }

  /** The incident where it changed, and whom to tell. */
  private Decision decide(Object value, Instant now) {
    IncidentBrief changed = null;
    List<OutboundEvent> events;
    switch (value) {
      case IncidentEvent e -> {
        changed = IncidentBrief.after(incident(e.incidentId()), e);
        events = Happenings.of(e, changed);
      }
      case Anomaly a -> events = Happenings.of(a);
      case Delivery d -> events = Happenings.of(d, incident(d.notification().incidentId()));
      case StepResult r -> events = Happenings.of(r, incident(r.incidentId()));
      case Run r -> events = Happenings.of(r, incident(r.incidentId()));
      default -> throw new IllegalArgumentException("nothing to tell about " + value.getClass());
    }
    return new Decision(
        changed,
        events.stream()
            .flatMap(e -> Audience.notifications(e, subscriptions.all(), now).stream())
            .toList());
  }

  private @Nullable IncidentBrief incident(String id) {
    byte[] bytes = opened().incidents().get(id);
    return bytes == null ? null : Json.MAPPER.readValue(bytes, IncidentBrief.class);
  }

  private void remember(IncidentBrief incident, byte[] bytes) {
    opened().incidents().put(incident.id(), bytes);
    if (incident.resolvedAt() != null) {
      opened().timers().set(incident.resolvedAt().plus(REMEMBERED), incident.id());
    }
  }

  private void forget(long timestamp) {
    for (TimerQueue.Due due : opened().timers().drain(Instant.ofEpochMilli(timestamp))) {
      IncidentBrief incident = incident(due.name());
      if (incident != null && incident.resolvedAt() != null) {
        opened().incidents().remove(due.name());
      }
    }
  }

  private Open opened() {
    if (open == null) {
      throw new IllegalStateException("used before init");
    }
    return open;
  }
}
