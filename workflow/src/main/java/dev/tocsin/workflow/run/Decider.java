// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.run.Run.Progress;
import dev.tocsin.schemas.step.StepResult;
import dev.tocsin.workflow.playbook.Playbooks;
import dev.tocsin.workflow.playbook.Trigger;
import dev.tocsin.workflow.run.IncidentRuns.Gathering;
import dev.tocsin.workflow.step.Means;
import dev.tocsin.workflow.step.News;
import dev.tocsin.workflow.step.Opened;
import dev.tocsin.workflow.step.StepCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows when something happens to an incident. Pure: what is known and the time come
 * in, what is to be remembered and done comes out.
 */
public final class Decider {

  private static final Duration GATHER_FOR = Duration.ofMinutes(1);
  private static final int MOST_GATHERED = 20;
  private static final int MOST_ATTEMPTS = 2;

  /** Long after the reopening window: a reopened incident still finds its ticket. */
  private static final Duration REMEMBER_FOR = Duration.ofHours(1);

  /** Where deliveries have not ended by then, somebody else's state is stuck, not ours. */
  private static final Duration REMEMBER_AT_MOST = Duration.ofHours(24);

  private final Playbooks playbooks;
  private final StepCatalog catalog;

  public Decider(Playbooks playbooks, StepCatalog catalog) {
    this.playbooks = playbooks;
    this.catalog = catalog;
  }

  Playbooks playbooks() {
    return playbooks;
  }

  StepCatalog catalog() {
    return catalog;
  }

  /**
   * @param before null when nothing is known about the incident
   * @param means what there is to work with
   */
  public Decision decide(
      @Nullable IncidentRuns before, Happening happening, Means means, Instant now) {
    if (happening instanceof Happening.Moved(IncidentEvent.Related _)) {
      // For people to look up: it moves no run, and pages nobody.
      return Decision.nothing(before);
    }
    if (before == null) {
      return happening instanceof Happening.Moved(var event)
          ? begin(event, means, now)
          : Decision.nothing(null);
    }
    if (happening instanceof Happening.Moved(var event) && !before.incident().isNews(event)) {
      return Decision.nothing(before);
    }
    Turn turn = new Turn(this, before, means, now);
    return switch (happening) {
      case Happening.Moved(var event) -> moved(turn, event);
      case Happening.Answered(var result) -> answered(turn, result);
      case Happening.Settled(var delivery) -> settled(turn, delivery);
      case Happening.Rang(var timer) -> rang(turn, timer);
    };
  }

  /**
   * Nothing is known yet. An event that says that something fires begins an incident even when the
   * one that opened it was lost: the way to a page fails open.
   */
  private Decision begin(IncidentEvent event, Means means, Instant now) {
    IncidentRuns fresh =
        switch (event) {
          case IncidentEvent.Opened e ->
              fresh(SmallIncident.opened(e), Trigger.INCIDENT_OPENED, e.alert());
          case IncidentEvent.AlertAdded e ->
              fresh(unheardOf(e, e.alert()), Trigger.INCIDENT_OPENED, e.alert());
          case IncidentEvent.Reopened e ->
              fresh(unheardOf(e, e.alert()), Trigger.INCIDENT_REOPENED, e.alert());
          default -> null;
        };
    if (fresh == null) {
      return Decision.nothing(null);
    }
    Turn turn = new Turn(this, fresh, means, now);
    turn.startRuns();
    return turn.end();
  }

  private static IncidentRuns fresh(Incident incident, Trigger trigger, IncidentAlert alert) {
    return new IncidentRuns(incident, trigger, alert.receivedAt(), List.of(), Map.of(), null, null);
  }

  private static Incident unheardOf(IncidentEvent e, IncidentAlert alert) {
    return SmallIncident.opened(
        new IncidentEvent.Opened(
            e.incidentId(),
            e.at(),
            e.epoch(),
            "",
            Map.of(),
            alert.title(),
            alert.severity(),
            alert,
            null));
  }

  private static Decision moved(Turn turn, IncidentEvent event) {
    turn.incident(SmallIncident.after(turn.incident(), event));
    switch (event) {
      case IncidentEvent.Opened _, IncidentEvent.AlertCleared _, IncidentEvent.Related _ -> {}
      case IncidentEvent.AlertAdded e -> {
        turn.receivedAt(e.alert().receivedAt());
        gather(turn, "Joined: " + e.alert().title());
        turn.lookAgain();
      }
      case IncidentEvent.AnomalyAdded e -> gather(turn, "Anomaly: " + e.anomaly().explanation());
      case IncidentEvent.FlappingStarted e ->
          gather(turn, "Flapping, held back until it is quiet: " + title(turn, e.identity()));
      case IncidentEvent.FlappingEnded e ->
          gather(turn, "Quiet again: " + title(turn, e.identity()));
      case IncidentEvent.SeverityRaised _ -> {
        tell(turn, event);
        turn.lookAgain();
      }
      case IncidentEvent.NoteAdded _, IncidentEvent.MovedOut _, IncidentEvent.MovedIn _ ->
          tell(turn, event);
      case IncidentEvent.Acknowledged _ -> {
        turn.stopWaiting("went on when the incident was acknowledged");
        tell(turn, event);
      }
      case IncidentEvent.Resolved _ -> {
        turn.stopWaiting("went on when the incident was over");
        tell(turn, event);
        turn.changeOpened(Opened::close);
        turn.gathered(null);
        turn.timer(turn.now().plus(REMEMBER_FOR), TimerName.Kind.FORGET, "");
      }
      case IncidentEvent.Reopened e -> {
        turn.reopen(e.alert().receivedAt());
        turn.startRuns();
      }
    }
    return turn.end();
  }

  private static void tell(Turn turn, IncidentEvent event) {
    turn.tell(new News.Happened(event), event.id(), _ -> true);
  }

  private static String title(Turn turn, String identity) {
    IncidentAlert alert = turn.incident().alerts().get(identity);
    return alert == null ? identity : alert.title();
  }

  private static void gather(Turn turn, String line) {
    if (turn.incident().isResolved()) {
      return;
    }
    Gathering so = turn.gathered();
    if (so == null) {
      Instant tellAt = turn.now().plus(GATHER_FOR);
      turn.gathered(new Gathering(List.of(line), 0, tellAt));
      turn.timer(tellAt, TimerName.Kind.GATHERED, "");
    } else if (so.lines().size() >= MOST_GATHERED) {
      turn.gathered(new Gathering(so.lines(), so.more() + 1, so.tellAt()));
    } else {
      List<String> lines = new ArrayList<>(so.lines());
      lines.add(line);
      turn.gathered(new Gathering(List.copyOf(lines), so.more(), so.tellAt()));
    }
  }

  private static Decision answered(Turn turn, StepResult result) {
    StepRun step = turn.step(result.stepId());
    if (step == null) {
      return turn.end();
    }
    Context context = result.context();
    if (result.outcome() == StepResult.Outcome.FAILED || context == null) {
      boolean believed = !step.isEnded() && result.attempt() == step.attempt();
      if (believed) {
        turn.change(
            result.stepId(),
            s -> s.ended(Progress.FAILED, turn.now(), "failed: " + result.detail()));
      }
      return turn.end();
    }
    if (step.progress() == Progress.DONE && !saysMore(context, turn.context())) {
      return turn.end();
    }
    List<String> before = turn.openEndpoints();
    boolean late = step.waitUntil() != null && !step.waitedFor();
    Context small = SmallContext.of(context);
    turn.found(small, late);
    String by = context.model() == null ? "evidence, without a model" : "by " + context.model();
    turn.change(result.stepId(), s -> s.ended(Progress.DONE, turn.now(), by));
    turn.tell(
        new News.Found(small),
        "found/" + result.stepId() + (context.model() == null ? "/evidence" : "/model"),
        opened -> before.contains(opened.endpoint()));
    return turn.end();
  }

  /**
   * A slow model answers a second time, after the evidence: that is worth a note, repeats are not.
   */
  private static boolean saysMore(Context later, @Nullable Context earlier) {
    return later.model() != null && (earlier == null || earlier.model() == null);
  }

  private static Decision settled(Turn turn, Delivery delivery) {
    Progress progress =
        switch (delivery.status()) {
          case PENDING -> null;
          case DELIVERED -> Progress.DONE;
          case DEAD -> Progress.FAILED;
          case CANCELLED -> Progress.SKIPPED;
        };
    if (progress == null) {
      return turn.end();
    }
    String detail =
        delivery.status() == Delivery.Status.DELIVERED && delivery.receipt() != null
            ? delivery.receipt()
            : delivery.detail();
    turn.change(
        (_, step) -> delivery.id().equals(step.notificationId()) && step.progress() != progress,
        step -> step.ended(progress, turn.now(), detail));
    Opened opened = turn.openedBy(delivery.id());
    if (opened != null) {
      turn.changeOpened(o -> o.equals(opened) ? o.settled(delivery.status()) : o);
      if (delivery.status() == Delivery.Status.DEAD && opened.status() != Delivery.Status.DEAD) {
        turn.tell(
            new News.Undelivered(opened, delivery.detail()),
            "undelivered/" + delivery.id(),
            other -> !other.endpoint().equals(opened.endpoint()));
      }
    }
    return turn.end();
  }

  private static Decision rang(Turn turn, TimerName timer) {
    return switch (timer.kind()) {
      case WAIT -> {
        StepRun step = turn.step(timer.about());
        if (step != null && step.waitedFor() && isOver(turn, step.waitUntil())) {
          turn.change(
              timer.about(), s -> s.noLongerWaitedFor("no answer in time: went on without it"));
        }
        yield turn.end();
      }
      case LEASE -> leaseOver(turn, timer.about());
      case GATHERED -> {
        Gathering told = turn.gathered();
        if (told != null && isOver(turn, told.tellAt())) {
          turn.gathered(null);
          turn.tell(
              new News.Gathered(told.lines(), told.more()),
              "gathered/" + told.tellAt().toEpochMilli(),
              _ -> true);
        }
        yield turn.end();
      }
      case FORGET -> forget(turn);
    };
  }

  private static Decision leaseOver(Turn turn, String stepId) {
    StepRun step = turn.step(stepId);
    if (step == null || step.progress() != Progress.STARTED || !isOver(turn, step.leaseUntil())) {
      return turn.end();
    }
    if (step.attempt() < MOST_ATTEMPTS && !turn.incident().isResolved()) {
      turn.handOutAgain(stepId);
    } else {
      turn.change(
          stepId,
          s -> s.ended(Progress.FAILED, turn.now(), "no answer to " + s.attempt() + " attempts"));
    }
    return turn.end();
  }

  private static Decision forget(Turn turn) {
    Instant resolvedAt = turn.incident().resolvedAt();
    if (resolvedAt == null || !isOver(turn, resolvedAt.plus(REMEMBER_FOR))) {
      return turn.end();
    }
    if (turn.isAtWork() && !isOver(turn, resolvedAt.plus(REMEMBER_AT_MOST))) {
      turn.timer(turn.now().plus(REMEMBER_FOR), TimerName.Kind.FORGET, "");
      return turn.end();
    }
    return turn.forget();
  }

  private static boolean isOver(Turn turn, @Nullable Instant until) {
    return until != null && !turn.now().isBefore(until);
  }
}
