// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.step.Step;
import dev.tocsin.workflow.step.Beginning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a turn sends out: notifications, steps and timers, each under an id made from content. */
final class Outgoing {

  private final Instant now;
  private final List<Notification> notifications = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Decision.Timer> timers = new ArrayList<>();

  Outgoing(Instant now) {
    this.now = now;
  }

  /**
   * The id of a notification, of its delivery and its effect.
   *
   * @param about {@code open}, or the news it tells: a step tells each once
   */
  String notificationId(Incident incident, String playbook, String step, String about) {
    return ContentId.of("dlv", incident.id(), incident.epoch(), playbook, step, about);
  }

  /** Notifications of one incident to one endpoint go out in the order they are planned in. */
  void notify(
      Incident incident,
      Instant receivedAt,
      String id,
      String endpoint,
      @Nullable String needs,
      Content content) {
    notifications.add(
        new Notification(
            id,
            endpoint,
            incident.id(),
            incident.epoch(),
            incident.id(),
            needs,
            receivedAt,
            now,
            content));
  }

  void handOut(Incident incident, RunState run, StepRun step, Beginning.HandsOut terms) {
    String stepId = run.stepId(step);
    steps.add(
        new Step(
            stepId,
            run.id(),
            incident.id(),
            step.plan().kind(),
            step.attempt(),
            now,
            now.plus(terms.waitFor()),
            incident));
    timer(now.plus(terms.lease()), new TimerName(TimerName.Kind.LEASE, incident.id(), stepId));
  }

  void timer(Instant due, TimerName name) {
    timers.add(new Decision.Timer(due, name));
  }

  Decision decision(@Nullable IncidentRuns after, List<Decision.Move> moves, boolean contextLate) {
    return new Decision(after, notifications, steps, moves, timers, contextLate);
  }
}
