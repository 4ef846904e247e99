// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.incident.IncidentEvent.Cause;
import dev.tocsin.schemas.move.Move;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One decision while it is made: the group and the condition as they become, and what happens on
 * the way. The verbs keep the three in step; which verb applies is for the rules to say.
 */
final class Story {

  /** Who did what no person did. */
  private static final String NOBODY = "tocsin";

  private static final String HERE = "detection";

  private final Instant now;
  private final @Nullable String identity;
  private final List<IncidentEvent> events = new ArrayList<>();
  private AlertGroup group;
  private @Nullable Condition condition;

  Story(AlertGroup group, @Nullable String identity, @Nullable Condition condition, Instant now) {
    this.group = group;
    this.identity = identity;
    this.condition = condition;
    this.now = now;
  }

  IncidentState incident() {
    return group.incident();
  }

  int round() {
    return group.round();
  }

  boolean isActive() {
    return group.incident() instanceof IncidentState.Active;
  }

  /** Whether the condition is one the active incident waits for. */
  boolean counts() {
    return condition != null && condition.countsIn(group.round());
  }

  @Nullable String incidentId() {
    return switch (group.incident()) {
      case IncidentState.None _ -> null;
      case IncidentState.Active a -> a.id();
      case IncidentState.Over o -> o.id();
    };
  }

  /** The condition is from now on as given; null forgets it. */
  void become(@Nullable Condition next) {
    group =
        group.counting(
            group.firing() - firing(condition) + firing(next),
            group.known() - known(condition) + known(next),
            group.ended() - ended(condition) + ended(next));
    condition = next;
  }

  private int firing(@Nullable Condition c) {
    return c != null && c.countsIn(group.round()) ? 1 : 0;
  }

  private static int known(@Nullable Condition c) {
    return c == null ? 0 : 1;
  }

  private static int ended(@Nullable Condition c) {
    return c instanceof Condition.Over ? 1 : 0;
  }

  void open(IncidentAlert alert, Map<String, String> groupLabels) {
    String id = ContentId.of("inc", group.key(), alert.alertId());
    group = group.with(new IncidentState.Active(id, 1, alert.severity(), false));
    events.add(
        new IncidentEvent.Opened(
            id, now, 1, group.key(), groupLabels, alert.title(), alert.severity(), alert, null));
  }

  void reopen(IncidentState.Over over, IncidentAlert alert) {
    int epoch = over.epoch() + 1;
    group = group.with(new IncidentState.Active(over.id(), epoch, over.severity(), false));
    events.add(new IncidentEvent.Reopened(over.id(), now, epoch, alert));
    raise(alert.severity());
  }

  void add(IncidentState.Active active, IncidentAlert alert) {
    events.add(new IncidentEvent.AlertAdded(active.id(), now, active.epoch(), alert));
    raise(alert.severity());
  }

  /** True when that made the incident worse. */
  boolean raise(Severity to) {
    if (!(group.incident() instanceof IncidentState.Active active)
        || !to.isWorseThan(active.severity())) {
      return false;
    }
    group =
        group.with(
            new IncidentState.Active(active.id(), active.epoch(), to, active.acknowledged()));
    events.add(
        new IncidentEvent.SeverityRaised(active.id(), now, active.epoch(), active.severity(), to));
    return true;
  }

  /** Whether this would make the incident worse. */
  boolean isWorse(Severity than) {
    return group.incident() instanceof IncidentState.Active active
        && than.isWorseThan(active.severity());
  }

  /** Something people should know about the incident, said by nobody. */
  void say(String text) {
    if (group.incident() instanceof IncidentState.Active active) {
      events.add(new IncidentEvent.NoteAdded(active.id(), now, active.epoch(), NOBODY, HERE, text));
    }
  }

  void add(Anomaly anomaly) {
    if (group.incident() instanceof IncidentState.Active active) {
      events.add(new IncidentEvent.AnomalyAdded(active.id(), now, active.epoch(), anomaly));
    }
  }

  /** The condition is over; and with the last one, the incident. True when it was the last. */
  boolean clear(String alertId, Condition.Over over, Cause cause, String reason) {
    boolean counted = counts();
    become(over);
    if (!(group.incident() instanceof IncidentState.Active active)) {
      return false;
    }
    events.add(
        new IncidentEvent.AlertCleared(
            active.id(), now, active.epoch(), String.valueOf(identity), alertId, reason));
    if (!counted || group.firing() > 0) {
      return false;
    }
    resolve(active, cause, NOBODY, HERE);
    return true;
  }

  void resolve(IncidentState.Active active, Cause cause, String by, String via) {
    group = group.with(new IncidentState.Over(active.id(), active.epoch(), active.severity(), now));
    events.add(new IncidentEvent.Resolved(active.id(), now, active.epoch(), cause, by, via));
  }

  /** A person says it is over: what still fires does not count any more. */
  void dismiss() {
    group = group.nextRound();
  }

  void acknowledge(IncidentState.Active active, String by, String via) {
    group =
        group.with(new IncidentState.Active(active.id(), active.epoch(), active.severity(), true));
    events.add(new IncidentEvent.Acknowledged(active.id(), now, active.epoch(), by, via));
  }

  void note(int epoch, String commandId, String by, String via, String text) {
    group = group.noted(commandId);
    events.add(
        new IncidentEvent.NoteAdded(String.valueOf(incidentId()), now, epoch, by, via, text));
  }

  /** A person put conditions elsewhere; without any left, the incident is over. */
  void moveOut(Command.MoveAlerts c, List<String> identities) {
    if (!(group.incident() instanceof IncidentState.Active active)) {
      return;
    }
    events.add(
        new IncidentEvent.MovedOut(
            active.id(),
            now,
            active.epoch(),
            identities,
            c.into(),
            c.intoGroup(),
            c.whole(),
            c.by(),
            c.via()));
    if (c.whole() || group.firing() == 0) {
      resolve(active, Cause.MERGED, c.by(), c.via());
      dismiss();
    }
  }

  /** A person put conditions of another incident here. */
  void moveIn(Move.TakeIn m, List<String> identities) {
    String from = m.incidentId();
    if (from != null && group.incident() instanceof IncidentState.Active active) {
      events.add(
          new IncidentEvent.MovedIn(
              active.id(),
              now,
              active.epoch(),
              from,
              m.title(),
              identities,
              m.whole(),
              m.by(),
              m.via()));
    }
  }

  void startFlapping(int turns) {
    if (group.incident() instanceof IncidentState.Active active) {
      events.add(
          new IncidentEvent.FlappingStarted(
              active.id(), now, active.epoch(), String.valueOf(identity), turns));
    }
  }

  /** Said of a resolved incident too: nobody else takes back that it flaps. */
  void endFlapping() {
    String about = String.valueOf(identity);
    switch (group.incident()) {
      case IncidentState.None _ -> {}
      case IncidentState.Active a ->
          events.add(new IncidentEvent.FlappingEnded(a.id(), now, a.epoch(), about));
      case IncidentState.Over o ->
          events.add(new IncidentEvent.FlappingEnded(o.id(), now, o.epoch(), about));
    }
  }

  Decision told() {
    return new Decision(group, identity, condition, List.copyOf(events), null, null);
  }

  Decision told(AlertOutcome outcome) {
    return new Decision(group, identity, condition, List.copyOf(events), outcome, null);
  }

  Decision told(AuditEntry audit) {
    return new Decision(group, identity, condition, List.copyOf(events), null, audit);
  }
}
