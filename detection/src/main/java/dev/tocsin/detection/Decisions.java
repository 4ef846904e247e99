// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.hold.Hold;
import dev.tocsin.detection.hold.HoldsInForce;
import dev.tocsin.detection.incident.AlertGroup;
import dev.tocsin.detection.incident.AlertRules;
import dev.tocsin.detection.incident.AnomalyRules;
import dev.tocsin.detection.incident.CommandRules;
import dev.tocsin.detection.incident.Condition;
import dev.tocsin.detection.incident.ConditionTimer;
import dev.tocsin.detection.incident.Decision;
import dev.tocsin.detection.incident.MoveRules;
import dev.tocsin.detection.inhibit.InhibitorChange;
import dev.tocsin.detection.inhibit.InhibitorRules;
import dev.tocsin.detection.storm.StormGroup;
import dev.tocsin.detection.storm.StormState;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.hold.Inhibitor;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.move.Move;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the features put together: what an input means for its group, and for the storm that
 * may be on. Reads memory, and changes nothing.
 */
final class Decisions {

  /** What is remembered on the partition. */
  interface Memory {

    Optional<AlertGroup> group(String key);

    @Nullable Condition condition(String group, String identity);

    StormState storm();

    /** When the storm began that an open incident was opened under; null when under none. */
    @Nullable Instant stormOf(String incidentId);

    /** What was told last of a condition as an inhibitor; null when nothing. */
    @Nullable Inhibitor inhibitor(String group, String identity);
  }

  /**
   * What follows from one input.
   *
   * @param storm as it is from now on; null when it did not change
   * @param inhibitor what to tell of the condition as an inhibitor; null when nothing
   * @param letters what to say to other groups
   */
  record Decided(
      List<Decision> decisions,
      @Nullable StormState storm,
      @Nullable InhibitorChange inhibitor,
      List<Move> letters) {

    static final Decided NOTHING = new Decided(List.of(), null, null, List.of());

    static Decided of(Decision decision) {
      return new Decided(List.of(decision), null, null, List.of());
    }

    static Decided of(MoveRules.Moved moved) {
      return new Decided(moved.decisions(), null, null, moved.letters());
    }

    /** Whether the alert spoke of now, and not of a time that is over. */
    boolean isUpToDate() {
      return decisions.stream()
          .map(Decision::outcome)
          .noneMatch(
              outcome -> outcome != null && outcome.reason() == AlertOutcome.Reason.LATE_REPORT);
    }

    Decided telling(Optional<InhibitorChange> change) {
      return new Decided(decisions, storm, change.orElse(null), letters);
    }

    Decided writing(List<Move> more) {
      return more.isEmpty() ? this : new Decided(decisions, storm, inhibitor, more);
    }

    /** Whether somebody may be waiting to hear of it. */
    boolean isNews() {
      return !letters.isEmpty()
          || decisions.stream().anyMatch(decision -> !decision.events().isEmpty());
    }
  }

  /** Nobody merges as often as this, and what went further went round. */
  private static final int LONGEST_WAY = 8;

  private final AlertRules alerts;
  private final AnomalyRules anomalies;
  private final ConditionTimer timer;
  private final MoveRules moves;
  private final CommandRules commands = new CommandRules();
  private final InhibitorRules inhibitors;
  private final HoldsInForce holds;
  private final StormDecisions storms;
  private final String stormGroup;

  /**
   * @param holds what holds alerts back, as it changes
   * @param partition on which these are, of so many
   */
  Decisions(DetectionSettings settings, HoldsInForce holds, int partition, int partitions) {
    this.alerts = new AlertRules(settings.incident(), settings.flapping(), settings.ruleVersion());
    this.anomalies = new AnomalyRules(settings.incident(), settings.anomaly().opensIncidents());
    this.timer = new ConditionTimer(settings.incident(), settings.flapping());
    this.moves = new MoveRules(settings.incident(), settings.flapping());
    this.inhibitors = new InhibitorRules(settings.incident().expireAfter());
    this.holds = holds;
    this.stormGroup = StormGroup.of(partition, partitions);
    this.storms = new StormDecisions(settings.storm(), alerts, partitions, stormGroup);
  }

  Decided alert(Alert alert, Memory memory, Instant now) {
    return alert(alert, List.of(), memory, now);
  }

  /**
   * @param way the groups that carried the alert here; none when it is its own
   */
  private Decided alert(Alert alert, List<String> way, Memory memory, Instant now) {
    AlertGroup group = group(alert.group(), memory).tidied(now);
    if (alert.kind() == AlertKind.TEST) {
      return Decided.of(decide(group, alert, null, memory, now));
    }
    String identity = IncidentAlert.of(alert).identity();
    String target = target(group, identity, way, now);
    if (target != null) {
      Move letter = new Move.Carried(target, alert, andThen(way, group.key()), now);
      return Decided.NOTHING
          .writing(List.of(letter))
          .telling(alert.isFiring() ? Optional.empty() : takenBack(group, identity, memory));
    }
    Hold hold = alert.isFiring() ? holds.on(alert.labels(), now).orElse(null) : null;
    Decision decision = decide(group, alert, hold, memory, now);
    return withLetters(decision, way, alert.isFiring(), memory, now)
        .telling(inhibitor(decision, alert, memory, now));
  }

  /** Where a report goes on to; null when it is decided here. */
  private static @Nullable String target(
      AlertGroup group, String identity, List<String> way, Instant now) {
    String target = group.target(identity, now);
    return target == null || way.contains(target) || way.size() >= LONGEST_WAY ? null : target;
  }

  private static List<String> andThen(List<String> way, String group) {
    return Stream.concat(way.stream(), Stream.of(group)).toList();
  }

  private static Optional<InhibitorChange> takenBack(
      AlertGroup group, String identity, Memory memory) {
    return memory.inhibitor(group.key(), identity) == null
        ? Optional.empty()
        : Optional.of(new InhibitorChange(group.key(), identity, null));
  }

  private Decided withLetters(
      Decision decision, List<String> way, boolean firing, Memory memory, Instant now) {
    if (way.isEmpty()) {
      return storms.under(decision, memory, now).writing(moves.letters(decision, now));
    }
    MoveRules.Moved moved = moves.carried(decision, way.getLast(), firing, now);
    return storms.under(moved.decisions().getFirst(), memory, now).writing(moved.letters());
  }

  /** A letter from another group. */
  Decided moved(Move move, Memory memory, Instant now) {
    AlertGroup group = group(move.group(), memory);
    return switch (move) {
      case Move.Carried m -> alert(m.alert().inGroup(m.group()), m.way(), memory, now);
      case Move.CarriedAnomaly m -> anomaly(group, m.anomaly(), m.way(), memory, now);
      case Move.TakeIn m ->
          Decided.of(moves.in(group, identity -> memory.condition(m.group(), identity), m, now));
      case Move.Target m -> Decided.of(moves.target(group, m, now));
    };
  }

  private Optional<InhibitorChange> inhibitor(
      Decision decision, @Nullable Alert alert, Memory memory, Instant now) {
    String identity = decision.identity();
    if (identity == null || !holds.knowInhibition()) {
      return Optional.empty();
    }
    return inhibitors.after(
        decision,
        alert,
        alert != null && holds.mayInhibit(alert.labels()),
        memory.inhibitor(decision.group().key(), identity),
        now);
  }

  Decided anomaly(Anomaly anomaly, Memory memory, Instant now) {
    return anomaly(group(anomaly.group(), memory), anomaly, List.of(), memory, now);
  }

  private Decided anomaly(
      AlertGroup group, Anomaly anomaly, List<String> way, Memory memory, Instant now) {
    String identity = AnomalyRules.identity(anomaly);
    String target = target(group, identity, way, now);
    if (target != null) {
      return Decided.NOTHING.writing(
          List.of(new Move.CarriedAnomaly(target, anomaly, andThen(way, group.key()), now)));
    }
    Decision decision =
        anomalies.decide(
            group,
            memory.condition(group.key(), identity),
            anomaly,
            holds.on(anomaly.labels(), now).orElse(null),
            now);
    boolean firing = anomaly.status() == Anomaly.Status.OFF_BAND;
    Decided decided = withLetters(decision, way, firing, memory, now);
    return anomaly.kind() == Anomaly.Kind.STORM && anomaly.group().equals(stormGroup)
        ? storms.alarmed(decided, firing, memory, now)
        : decided;
  }

  Decided command(Command command, Memory memory, Instant now) {
    return switch (command) {
      case Command.Acknowledge c ->
          Decided.of(commands.acknowledge(group(c.group(), memory), c, now));
      case Command.MoveAlerts c ->
          Decided.of(
              moves.out(
                  group(c.group(), memory),
                  identity -> memory.condition(c.group(), identity),
                  c,
                  now));
      case Command.Resolve c ->
          storms.under(commands.resolve(group(c.group(), memory), c, now), memory, now);
      case Command.AddNote c -> Decided.of(commands.addNote(group(c.group(), memory), c, now));
      // The notifier's business.
      case Command.ReplayDelivery _, Command.TestSubscription _, Command.DeleteSubscription _ ->
          Decided.NOTHING;
    };
  }

  /**
   * The time has come that a condition names in its {@code until}, or it is held back, and what
   * does so may have changed.
   */
  Decided conditionDue(
      String groupKey, String identity, Condition condition, Memory memory, Instant now) {
    Hold hold =
        condition instanceof Condition.Held held
            ? holds.on(held.alert().labels(), now).orElse(null)
            : null;
    AlertGroup group = group(groupKey, memory);
    Decision decision = timer.decide(group, identity, condition, hold, now);
    if (condition.equals(decision.condition())) {
      return Decided.NOTHING;
    }
    String target = group.target(identity, now);
    if (target != null
        && condition instanceof Condition.Held held
        && !decision.events().isEmpty()) {
      return Decided.of(moves.released(group, held, target, now));
    }
    return storms
        .under(decision, memory, now)
        .writing(moves.letters(decision, now))
        .telling(inhibitor(decision, null, memory, now));
  }

  /** Time to look whether a storm is over. */
  Decided stormDue(Memory memory, Instant now) {
    return storms.due(memory, now);
  }

  private Decision decide(
      AlertGroup group, Alert alert, @Nullable Hold hold, Memory memory, Instant now) {
    String identity = IncidentAlert.of(alert).identity();
    return alerts.decide(group, memory.condition(group.key(), identity), alert, hold, now);
  }

  private static AlertGroup group(String key, Memory memory) {
    return memory.group(key).orElseGet(() -> AlertGroup.unknown(key));
  }
}
