// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.run.Run.Progress;
import dev.tocsin.schemas.step.Step;
import dev.tocsin.schemas.step.StepResult;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.workflow.Samples;
import dev.tocsin.workflow.playbook.Conditions;
import dev.tocsin.workflow.playbook.Playbooks;
import dev.tocsin.workflow.step.Means;
import dev.tocsin.workflow.step.StepCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One incident's decisions in a row, with the state going through JSON between them as it does in
 * the store.
 */
final class Story {

  private static final StepCatalog CATALOG =
      StepCatalog.of(Duration.ofSeconds(10), "http://localhost:8081");
  private Decider decider = decider(null);

  private final List<Notification> notifications = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private final List<Decision.Timer> timers = new ArrayList<>();
  private byte @Nullable [] state;
  private @Nullable Decision last;
  private boolean modelAtWork;
  private final Map<String, Map<String, String>> refused = new HashMap<>();
  private Instant now = Samples.T0;

  private static Decider decider(@Nullable Path playbooks) {
    return new Decider(Playbooks.load(playbooks, CATALOG, new Conditions()), CATALOG);
  }

  /** The program starts again with these playbooks. */
  Story withPlaybooksOf(Path directory) {
    decider = decider(directory);
    return this;
  }

  Story refusing(String channel, String kind, String why) {
    refused.put(channel, Map.of(kind, why));
    return this;
  }

  /** The notifier says that there is such a channel, and that it refuses nothing. */
  Story announcing(String channel) {
    refused.put(channel, Map.of());
    return this;
  }

  Story modelAtWork() {
    modelAtWork = true;
    return this;
  }

  /** The time that has gone by since the incident opened. */
  Story after(Duration time) {
    now = Samples.T0.plus(time);
    return this;
  }

  void happens(IncidentEvent event) {
    if (event.at().isAfter(now)) {
      now = event.at();
    }
    decide(new Happening.Moved(event));
  }

  void answers(Context context) {
    answer(StepResult.Outcome.DONE, context, "");
  }

  void fails(String why) {
    answer(StepResult.Outcome.FAILED, null, why);
  }

  /** The one who was given the first step answers, whatever was handed out since. */
  void answersFirst(Context context) {
    answer(steps.getFirst(), StepResult.Outcome.DONE, context, "");
  }

  /** The one who was given the first step fails, whatever was handed out since. */
  void failsFirst(String why) {
    answer(steps.getFirst(), StepResult.Outcome.FAILED, null, why);
  }

  private void answer(StepResult.Outcome outcome, @Nullable Context context, String detail) {
    answer(steps.getLast(), outcome, context, detail);
  }

  private void answer(
      Step step, StepResult.Outcome outcome, @Nullable Context context, String detail) {
    decide(
        new Happening.Answered(
            new StepResult(
                step.id(),
                step.runId(),
                step.incidentId(),
                step.kind(),
                step.attempt(),
                outcome,
                context,
                detail,
                now)));
  }

  void settles(int notification, Delivery.Status status, String detail) {
    settles(notification, status, null, detail);
  }

  void settles(int notification, Delivery.Status status, @Nullable String receipt, String detail) {
    Notification n = notifications.get(notification);
    decide(
        new Happening.Settled(
            new Delivery(n.id(), status, n, List.of(), 1, null, receipt, detail, now)));
  }

  /** What is remembered was begun by a build that had steps of another kind. */
  Story rememberedWithKind(String another, String kind) {
    String json = new String(requireNonNull(state), UTF_8);
    state = json.replace(kindOf(kind), kindOf(another)).getBytes(UTF_8);
    return this;
  }

  private static String kindOf(String kind) {
    return "\"kind\":\"" + kind + '"';
  }

  /** All timers that are due ring. */
  void ring() {
    List<Decision.Timer> due = timers.stream().filter(timer -> !timer.due().isAfter(now)).toList();
    timers.removeAll(due);
    due.forEach(timer -> decide(new Happening.Rang(TimerName.parse(timer.name().toString()))));
  }

  private void decide(Happening happening) {
    IncidentRuns before = state == null ? null : Json.MAPPER.readValue(state, IncidentRuns.class);
    Decision decision = decider.decide(before, happening, new Means(modelAtWork, refused), now);
    last = decision;
    state = decision.after() == null ? null : Json.MAPPER.writeValueAsBytes(decision.after());
    notifications.addAll(decision.notifications());
    steps.addAll(decision.steps());
    decision.moves().forEach(move -> runs.add(move.after()));
    timers.addAll(decision.timers());
  }

  Decision last() {
    return requireNonNull(last);
  }

  List<Notification> notifications() {
    return notifications;
  }

  List<String> kinds() {
    return notifications.stream().map(n -> n.content().kind()).toList();
  }

  List<Step> steps() {
    return steps;
  }

  List<Run> runs() {
    return runs;
  }

  /** How far the steps of the latest run are. */
  List<Progress> progress() {
    return runs.getLast().steps().stream().map(Run.StepState::progress).toList();
  }

  /** What is said of each step of the latest run. */
  List<String> details() {
    return runs.getLast().steps().stream().map(Run.StepState::detail).toList();
  }

  Incident incident() {
    return requireNonNull(last().after()).incident();
  }

  int stateBytes() {
    return requireNonNull(state).length;
  }

  static IncidentAlert huge(int i) {
    IncidentAlert small =
        Samples.alert("h-" + i, "Huge" + i, AlertKind.CONDITION, Severity.ERROR, Samples.T0);
    Map<String, String> much = new HashMap<>();
    for (int n = 0; n < 50; n++) {
      much.put("label" + n, "é".repeat(5_000));
    }
    return new IncidentAlert(
        small.alertId(),
        small.source(),
        small.org(),
        small.fingerprint(),
        small.kind(),
        small.status(),
        small.severity(),
        small.title(),
        much,
        much,
        small.startsAt(),
        null,
        small.receivedAt(),
        small.values(),
        small.links(),
        0);
  }
}
