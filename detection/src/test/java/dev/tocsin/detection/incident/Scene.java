// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import dev.tocsin.detection.hold.Hold;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.alert.HeldBy;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.IncidentEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One alert group played by hand: inputs in, and what the rules made of each. */
final class Scene {

  final AlertRules alerts;
  final ConditionTimer timer;
  final AnomalyRules anomalies;
  final CommandRules commands = new CommandRules();
  final List<IncidentEvent> all = new ArrayList<>();
  final Map<String, Condition> conditions = new HashMap<>();
  AlertGroup group = AlertGroup.unknown(SampleAlerts.GROUP);
  Instant now = SampleAlerts.T0;
  List<IncidentEvent> last = List.of();

  /** What was said of the last alert. */
  String said = "";

  private @Nullable Hold holding;

  Scene() {
    this(IncidentSettings.DEFAULT, FlappingSettings.DEFAULT, true);
  }

  Scene(IncidentSettings settings, FlappingSettings flapping, boolean anomaliesOpen) {
    alerts = new AlertRules(settings, flapping, "rules_1");
    timer = new ConditionTimer(settings, flapping);
    anomalies = new AnomalyRules(settings, anomaliesOpen);
  }

  /** From now on, until then, this holds back what fires. */
  Scene hold(HeldBy.Kind kind, Duration time) {
    HeldBy by =
        new HeldBy(
            kind,
            kind == HeldBy.Kind.SILENCE ? "sil_1" : "inh_1",
            1,
            "a restart",
            "ann",
            now.plus(time),
            kind == HeldBy.Kind.SILENCE ? null : "a0");
    holding = new Hold(List.of(by), by.until());
    return this;
  }

  /**
   * Somebody ends what holds back, or the inhibitor is over: and the held condition is looked at.
   */
  Scene letGo() {
    holding = null;
    conditions.entrySet().stream()
        .filter(e -> e.getValue() instanceof Condition.Held)
        .toList()
        .forEach(e -> apply(timer.decide(group, e.getKey(), e.getValue(), null, now)));
    return this;
  }

  private @Nullable Hold hold() {
    return holding != null && now.isBefore(holding.until()) ? holding : null;
  }

  /** The outcome and its reason, as {@code OPENED/NEW_GROUP}. */
  String on(SampleAlerts sample) {
    var alert = sample.alert();
    String identity = "grafana/1/" + alert.fingerprint();
    Decision decision =
        alerts.decide(
            group, conditions.get(identity), alert, alert.isFiring() ? hold() : null, now);
    apply(decision);
    AlertOutcome outcome = decision.outcome();
    said = outcome.detail();
    return outcome.outcome() + "/" + outcome.reason();
  }

  Scene after(Duration time) {
    Instant end = now.plus(time);
    while (true) {
      Map.Entry<String, Condition> next =
          conditions.entrySet().stream()
              .min(Map.Entry.comparingByValue((a, b) -> a.until().compareTo(b.until())))
              .orElse(null);
      if (next == null || next.getValue().until().isAfter(end)) {
        break;
      }
      now = next.getValue().until();
      apply(timer.decide(group, next.getKey(), next.getValue(), hold(), now));
    }
    now = end;
    return this;
  }

  AuditEntry on(Command command) {
    Decision decision =
        switch (command) {
          case Command.Acknowledge c -> commands.acknowledge(group, c, now);
          case Command.Resolve c -> commands.resolve(group, c, now);
          case Command.AddNote c -> commands.addNote(group, c, now);
          case Command.MoveAlerts _,
              Command.ReplayDelivery _,
              Command.TestSubscription _,
              Command.DeleteSubscription _ ->
              throw new IllegalArgumentException();
        };
    apply(decision);
    return decision.audit();
  }

  void on(Anomaly anomaly) {
    String identity = AnomalyRules.identity(anomaly);
    apply(anomalies.decide(group, conditions.get(identity), anomaly, hold(), now));
  }

  private void apply(Decision decision) {
    group = decision.group();
    if (decision.identity() != null) {
      if (decision.condition() == null) {
        conditions.remove(decision.identity());
      } else {
        conditions.put(decision.identity(), decision.condition());
      }
    }
    last = decision.events();
    all.addAll(last);
  }

  /** The types of the events of the last input. */
  List<String> last() {
    return last.stream().map(IncidentEvent::type).toList();
  }

  /** The types of all events so far. */
  List<String> told() {
    return all.stream().map(IncidentEvent::type).toList();
  }

  @Nullable String incidentId() {
    return switch (group.incident()) {
      case IncidentState.None _ -> null;
      case IncidentState.Active a -> a.id();
      case IncidentState.Over o -> o.id();
    };
  }
}
