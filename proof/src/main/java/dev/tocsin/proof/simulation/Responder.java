// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.simulation;

import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.step.Step;
import dev.tocsin.schemas.step.StepResult;
import dev.tocsin.workflow.run.Decider;
import dev.tocsin.workflow.run.Decision;
import dev.tocsin.workflow.run.Happening;
import dev.tocsin.workflow.run.IncidentRuns;
import dev.tocsin.workflow.step.Means;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The workflow's decider on a map: load, decide, put, send on. */
final class Responder {

  private final Agenda agenda;
  private final Chance chance;
  private final Decider decider;
  private final Consumer<Notification> notifications;
  private final Consumer<Step> steps;
  private final boolean modelAtWork;
  private final Part part;
  private final Map<String, Part.Inbox> inboxes = new HashMap<>();
  private final Map<String, IncidentRuns> runs = new HashMap<>();

  Responder(
      Agenda agenda,
      Chance chance,
      Decider decider,
      Consumer<Notification> notifications,
      Consumer<Step> steps) {
    this.agenda = agenda;
    this.chance = chance;
    this.decider = decider;
    this.notifications = notifications;
    this.steps = steps;
    this.modelAtWork = chance.of(500);
    this.part = new Part(agenda);
  }

  Part part() {
    return part;
  }

  void happen(IncidentEvent event) {
    read("incidents", new Happening.Moved(event));
  }

  void settle(Delivery delivery) {
    Happening settled = new Happening.Settled(delivery);
    if (settled.matters()) {
      read("deliveries", settled);
    }
  }

  void answer(StepResult result) {
    read("step-results", new Happening.Answered(result));
  }

  private void read(String topic, Happening happening) {
    inboxes
        .computeIfAbsent(topic + '/' + happening.incidentId(), t -> part.new Inbox())
        .send(chance.millis(2, 300), () -> decide(happening));
  }

  private void decide(Happening happening) {
    String incident = happening.incidentId();
    Decision decision =
        decider.decide(
            runs.get(incident),
            happening,
            new Means(modelAtWork, Map.of("slack", Map.of())),
            agenda.now());
    if (decision.after() == null) {
      runs.remove(incident);
    } else {
      runs.put(incident, decision.after());
    }
    decision.notifications().forEach(notifications);
    decision.steps().forEach(steps);
    for (Decision.Timer timer : decision.timers()) {
      agenda.at(
          timer.due().plus(chance.millis(0, 100)),
          () -> part.whenUp(() -> decide(new Happening.Rang(timer.name()))));
    }
  }
}
