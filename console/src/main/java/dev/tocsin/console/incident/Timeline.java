// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.incident;

import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.FirstCause;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.step.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All that happened to and around an incident, in words, in the order of time. */
final class Timeline {

  private final List<TimelineEntry> entries = new ArrayList<>();

  /** The titles of conditions, by identity. */
  private final Map<String, String> titles = new HashMap<>();

  /**
   * Of each epoch, the likely first cause that was named before, and the one that was named last.
   */
  private final Map<Integer, String> firstCauses = new HashMap<>();

  private final Map<Integer, String> lastCauses = new HashMap<>();

  private Timeline() {}

  static List<TimelineEntry> of(
      List<IncidentEvent> events,
      List<Run> runs,
      List<StepResult> results,
      List<Delivery> deliveries) {
    Timeline timeline = new Timeline();
    events.forEach(timeline::judged);
    events.forEach(timeline::event);
    runs.forEach(timeline::run);
    results.forEach(timeline::result);
    deliveries.forEach(timeline::delivery);
    // The sort is stable: of one instant, what happened comes before what was done about it.
    timeline.entries.sort(Comparator.comparing(TimelineEntry::at));
    return List.copyOf(timeline.entries);
  }

  private void add(TimelineEntry entry) {
    entries.add(entry);
  }

  private void event(IncidentEvent event) {
    switch (event) {
      case IncidentEvent.Opened e -> named(e.alert());
      case IncidentEvent.AlertAdded e -> named(e.alert());
      case IncidentEvent.Reopened e -> named(e.alert());
      default -> {}
    }
    add(new TimelineEntry(event.at(), "incident." + event.type(), words(event), event));
  }

  private void judged(IncidentEvent event) {
    if (event instanceof IncidentEvent.Related related) {
      lastCauses.put(related.epoch(), related.firstCause().incidentId());
    }
  }

  private void named(IncidentAlert alert) {
    titles.put(alert.identity(), alert.title());
  }

  private String condition(String identity) {
    String title = titles.get(identity);
    return title == null ? identity : "“%s”".formatted(title);
  }

  private String words(IncidentEvent event) {
    return switch (event) {
      case IncidentEvent.Opened e ->
          "Opened as %s by %s".formatted(low(e.severity()), words(e.alert()));
      case IncidentEvent.AlertAdded e -> "Joined by " + words(e.alert());
      case IncidentEvent.AlertCleared e ->
          "Condition %s cleared: %s".formatted(condition(e.identity()), e.reason());
      case IncidentEvent.AnomalyAdded e -> "Anomaly found: " + e.anomaly().explanation();
      case IncidentEvent.SeverityRaised e ->
          "Became worse: from %s to %s".formatted(low(e.from()), low(e.to()));
      case IncidentEvent.FlappingStarted e ->
          "Condition %s flaps: %d turns; its further turns are held back"
              .formatted(condition(e.identity()), e.turns());
      case IncidentEvent.FlappingEnded e ->
          "Condition %s is quiet again".formatted(condition(e.identity()));
      case IncidentEvent.Acknowledged e -> "Acknowledged by %s, over %s".formatted(e.by(), e.via());
      case IncidentEvent.NoteAdded e -> "%s says, over %s: %s".formatted(e.by(), e.via(), e.text());
      case IncidentEvent.Resolved e -> resolved(e);
      case IncidentEvent.Reopened e -> "Opened again by " + words(e.alert());
      case IncidentEvent.Related e -> related(e);
      case IncidentEvent.MovedOut e -> moved(e);
      case IncidentEvent.MovedIn e ->
          "%s put %s of incident %s, “%s”, into this one, over %s"
              .formatted(
                  e.by(),
                  e.whole() ? "all" : conditions(e.identities().size()),
                  e.from(),
                  e.title(),
                  e.via());
    };
  }

  private String related(IncidentEvent.Related e) {
    FirstCause first = e.firstCause();
    String before = firstCauses.put(e.epoch(), first.incidentId());
    String now = before == null || before.equals(first.incidentId()) ? "" : " now";
    String which =
        first.incidentId().equals(e.incidentId())
            ? "it is%s the likely first cause".formatted(now)
            : "the likely first cause is%s “%s”".formatted(now, first.title());
    if (!first.incidentId().equals(lastCauses.get(e.epoch()))) {
      which += " (revised later)";
    }
    int others = e.relations().size() + e.more();
    return "Related to %s; %s of %d: %s"
        .formatted(
            others == 1 ? "another incident" : others + " other incidents",
            which,
            first.among(),
            String.join("; ", first.reasons()));
  }

  private static String moved(IncidentEvent.MovedOut e) {
    String where = e.into() == null ? "a new incident" : "incident " + e.into();
    return e.whole()
        ? "Merged into %s by %s, over %s".formatted(where, e.by(), e.via())
        : "%s put %s into %s, over %s"
            .formatted(e.by(), conditions(e.identities().size()), where, e.via());
  }

  private static String conditions(int count) {
    return count == 1 ? "a condition" : count + " conditions";
  }

  private static String resolved(IncidentEvent.Resolved e) {
    return switch (e.cause()) {
      case ALL_CLEAR -> "Resolved: every condition has cleared";
      case MERGED -> "Resolved: it is part of another incident now";
      case COMMAND -> "Resolved by %s, over %s".formatted(e.by(), e.via());
      case EXPIRED -> "Resolved: its source has been silent for too long";
    };
  }

  private static String words(IncidentAlert alert) {
    return "alert “%s” from %s".formatted(alert.title(), alert.source());
  }

  private void run(Run run) {
    add(
        new TimelineEntry(
            run.startedAt(), "run.started", "Playbook %s started".formatted(run.playbook()), run));
    for (Run.StepState step : run.steps()) {
      if (step.startedAt() != null) {
        add(
            new TimelineEntry(
                step.startedAt(), "step.started", "Step %s started".formatted(step.name()), step));
      }
      if (step.endedAt() != null) {
        String progress = low(step.progress());
        add(
            new TimelineEntry(
                step.endedAt(),
                "step." + progress,
                "Step %s %s%s".formatted(step.name(), progress, because(step.detail())),
                step));
      }
    }
    if (run.status() != Run.Status.RUNNING) {
      String status = low(run.status());
      add(
          new TimelineEntry(
              run.at(), "run." + status, "Playbook %s %s".formatted(run.playbook(), status), run));
    }
  }

  private void result(StepResult result) {
    if (result.context() != null) {
      add(
          new TimelineEntry(
              result.at(),
              "context.arrived",
              "Context arrived: " + result.context().summary(),
              result.context()));
    } else if (result.outcome() == StepResult.Outcome.FAILED) {
      add(
          new TimelineEntry(
              result.at(),
              "context.failed",
              "Attempt %d to %s failed%s"
                  .formatted(result.attempt(), result.kind(), because(result.detail())),
              result));
    }
  }

  private void delivery(Delivery delivery) {
    String what = what(delivery);
    add(
        new TimelineEntry(
            delivery.notification().plannedAt(),
            "delivery.planned",
            what + (isSecond(delivery) ? " planned: not taken at the first" : " planned"),
            delivery.notification()));
    for (AttemptResult attempt : delivery.attempts()) {
      add(
          new TimelineEntry(
              attempt.endedAt(), "delivery.attempt", what + ": " + words(attempt), attempt));
    }
    switch (delivery.status()) {
      case DEAD -> end(delivery, "delivery.dead", what + " given up");
      case CANCELLED -> end(delivery, "delivery.cancelled", what + " cancelled");
      case PENDING, DELIVERED -> {}
    }
  }

  /** A page that goes over the second channel as well. */
  private static boolean isSecond(Delivery delivery) {
    return delivery.notification().channel().equals("pagerduty-second")
        && delivery.notification().content() instanceof Content.Page;
  }

  private void end(Delivery delivery, String kind, String text) {
    add(
        new TimelineEntry(
            delivery.at(), kind, text + because(delivery.detail()), delivery.notification()));
  }

  private static String what(Delivery delivery) {
    if (delivery.notification().content() instanceof Content.Event event) {
      return "Event %s to %s".formatted(event.eventType(), delivery.notification().endpoint());
    }
    String kind = delivery.notification().content().kind().replace('-', ' ');
    return "%s%s to %s"
        .formatted(
            kind.substring(0, 1).toUpperCase(Locale.ROOT),
            kind.substring(1),
            delivery.notification().endpoint());
  }

  private static String words(AttemptResult attempt) {
    String did = attempt.mode() == Attempt.Mode.PROBE ? "probe" : "attempt";
    String ended =
        switch (attempt.outcome()) {
          case Outcome.Delivered o -> "delivered, receipt " + o.receipt();
          case Outcome.TryAgain o -> "did not work, will be tried again: " + o.detail();
          case Outcome.Unknown o -> "may or may not have worked: " + o.detail();
          case Outcome.GiveUp o -> "does not work: " + o.detail();
          case Outcome.Absent _ -> "it is not there yet";
        };
    long millis = Duration.between(attempt.startedAt(), attempt.endedAt()).toMillis();
    return "%s %d %s (%d ms)".formatted(did, attempt.n(), ended, millis);
  }

  private static String because(String detail) {
    return detail.isBlank() ? "" : ": " + detail;
  }

  private static String low(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
