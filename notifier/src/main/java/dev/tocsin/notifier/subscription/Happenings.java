// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.subscription;

import dev.tocsin.notifier.subscription.OutboundEvent.Scope;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.step.StepResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of our own records is worth telling a subscriber, and under which name. */
final class Happenings {

  static final String DELIVERY_FAILED = "dev.tocsin.delivery.failed";
  private static final String WEBHOOK = "webhook/";

  private Happenings() {}

  static List<OutboundEvent> of(IncidentEvent event, @Nullable IncidentBrief incident) {
    String type =
        switch (event) {
          case IncidentEvent.Opened _ -> "opened";
          case IncidentEvent.Acknowledged _ -> "acknowledged";
          case IncidentEvent.Resolved _ -> "resolved";
          case IncidentEvent.Reopened _ -> "reopened";
          case IncidentEvent.AlertAdded _,
              IncidentEvent.AlertCleared _,
              IncidentEvent.AnomalyAdded _,
              IncidentEvent.SeverityRaised _,
              IncidentEvent.FlappingStarted _,
              IncidentEvent.FlappingEnded _,
              IncidentEvent.NoteAdded _,
              IncidentEvent.MovedOut _,
              IncidentEvent.MovedIn _,
              IncidentEvent.Related _ ->
              "updated";
        };
    return List.of(
        about(
            event.incidentId(),
            event.epoch(),
            "dev.tocsin.incident." + type,
            event.id(),
            event.at(),
            incident,
            Map.of("event", event)));
  }

  /** An anomaly is told once for its whole length. */
  static List<OutboundEvent> of(Anomaly anomaly) {
    if (anomaly.status() != Anomaly.Status.OFF_BAND) {
      return List.of();
    }
    String type = "dev.tocsin.anomaly.detected";
    return List.of(
        new OutboundEvent(
            ContentId.of("evt", type, anomaly.id()),
            type,
            anomaly.series(),
            anomaly.group(),
            0,
            anomaly.at(),
            new Scope(anomaly.severity(), anomaly.labels()),
            null,
            Map.of("anomaly", anomaly)));
  }

  /**
   * The end of a delivery. Who cannot be reached is not told so, and that a message about a failed
   * delivery failed is told to nobody: two dead subscribers would tell each other for ever.
   */
  static List<OutboundEvent> of(Delivery delivery, @Nullable IncidentBrief incident) {
    Notification n = delivery.notification();
    boolean isNews =
        !(n.content() instanceof Content.Event e && e.eventType().equals(DELIVERY_FAILED));
    String type =
        switch (delivery.status()) {
          case DELIVERED ->
              switch (n.content()) {
                case Content.Page _ -> "dev.tocsin.page.sent";
                case Content.Ticket _ -> "dev.tocsin.ticket.created";
                default -> null;
              };
          case DEAD -> isNews ? DELIVERY_FAILED : null;
          case PENDING, CANCELLED -> null;
        };
    if (type == null) {
      return List.of();
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("delivery", brief(delivery));
    String about = delivery.id() + '/' + delivery.attemptCount();
    OutboundEvent event =
        about(n.incidentId(), n.epoch(), type, about, delivery.at(), incident, content);
    return List.of(
        n.endpoint().startsWith(WEBHOOK)
            ? notTo(event, n.endpoint().substring(WEBHOOK.length()))
            : event);
  }

  /**
   * An investigation's end, and each tool it used. The alert's own words are no tool. What a model
   * concludes after the evidence was told is another end: it says more.
   */
  static List<OutboundEvent> of(StepResult result, @Nullable IncidentBrief incident) {
    if (result.outcome() != StepResult.Outcome.DONE || result.context() == null) {
      return List.of();
    }
    int epoch = incident == null ? 0 : incident.epoch();
    List<OutboundEvent> events = new ArrayList<>();
    for (Evidence evidence : result.context().evidence()) {
      if (!evidence.source().equals("alert")) {
        events.add(
            about(
                result.incidentId(),
                epoch,
                "dev.tocsin.tool.executed",
                result.stepId() + '/' + evidence.id(),
                evidence.at(),
                incident,
                Map.of("evidence", evidence)));
      }
    }
    events.add(
        about(
            result.incidentId(),
            epoch,
            "dev.tocsin.investigation.completed",
            result.context().model() == null ? result.stepId() : result.stepId() + "/concluded",
            result.at(),
            incident,
            Map.of("context", result.context())));
    return events;
  }

  static List<OutboundEvent> of(Run run, @Nullable IncidentBrief incident) {
    if (run.status() == Run.Status.RUNNING) {
      return List.of();
    }
    return List.of(
        about(
            run.incidentId(),
            run.epoch(),
            "dev.tocsin.playbook.finished",
            run.id(),
            run.at(),
            incident,
            Map.of("run", run)));
  }

  private static OutboundEvent about(
      String incidentId,
      int epoch,
      String type,
      String key,
      Instant at,
      @Nullable IncidentBrief incident,
      Map<String, Object> content) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("incidentId", incidentId);
    if (incident != null) {
      all.put("incident", incident);
    }
    all.putAll(content);
    return new OutboundEvent(
        ContentId.of("evt", type, key),
        type,
        incidentId,
        incidentId,
        epoch,
        at,
        Scope.of(incident),
        null,
        all);
  }

  private static OutboundEvent notTo(OutboundEvent e, String subscription) {
    return new OutboundEvent(
        e.id(),
        e.type(),
        e.subject(),
        e.order(),
        e.epoch(),
        e.time(),
        e.scope(),
        subscription,
        e.content());
  }

  /** A delivery without what was delivered: a page's text is for those who are paged. */
  private static Map<String, Object> brief(Delivery delivery) {
    Map<String, Object> brief = new LinkedHashMap<>();
    brief.put("id", delivery.id());
    brief.put("endpoint", delivery.notification().endpoint());
    brief.put("kind", delivery.notification().content().kind());
    brief.put("status", delivery.status());
    brief.put("attempts", delivery.attemptCount());
    if (delivery.receipt() != null) {
      brief.put("receipt", delivery.receipt());
    }
    brief.put("detail", delivery.detail());
    return brief;
  }
}
