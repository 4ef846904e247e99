// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import dev.tocsin.detection.hold.Hold;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertOutcome.Outcome;
import dev.tocsin.schemas.alert.AlertOutcome.Reason;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an alert: group × condition × alert → events and one outcome.
 *
 * <p>Times of two reports are compared only where one clock, the source's, gave both.
 */
public final class AlertRules {

  /** Why Grafana takes a firing alert back although nothing got better. */
  private static final Set<String> NO_RECOVERY =
      Set.of("Updated", "Paused", "RuleDeleted", "MissingSeries");

  private final IncidentSettings settings;
  private final FlappingRule flapping;
  private final Beginning beginning;
  private final HeldRules held;
  private final String version;

  public AlertRules(IncidentSettings settings, FlappingSettings flapping, String version) {
    this.settings = settings;
    this.flapping = new FlappingRule(flapping);
    this.beginning = new Beginning(settings, this.flapping);
    this.held = new HeldRules(settings, beginning);
    this.version = version;
  }

  /**
   * @param hold what holds the alert back, if it fires; null when nothing does
   */
  public Decision decide(
      AlertGroup group,
      @Nullable Condition condition,
      Alert alert,
      @Nullable Hold hold,
      Instant now) {
    Story story = new Story(group, IncidentAlert.of(alert).identity(), condition, now);
    Ending ending;
    if (alert.kind() == AlertKind.TEST) {
      ending =
          new Ending(
              Outcome.TEST,
              Reason.TEST_NOTIFICATION,
              null,
              "A test: it got here, and pages nobody.");
    } else if (alert.isFiring()) {
      ending = firing(story, condition, alert, hold, now);
    } else {
      ending = resolved(story, condition, alert, now);
    }
    return story.told(ending.of(alert, now, version));
  }

  private Ending firing(
      Story story, @Nullable Condition condition, Alert alert, @Nullable Hold hold, Instant now) {
    Episode reported = Episode.of(alert);
    return switch (condition) {
      case null -> begin(story, alert, hold, reported, List.of(), now);
      case Condition.Over c when c.covers(reported) ->
          repeat(Reason.LATE_REPORT, story, "It speaks of a time before the condition was over.");
      case Condition.Over c -> begin(story, alert, hold, reported, c.turns(), now);
      case Condition.Firing c when reported.isAfter(c.episode()) ->
          begin(story, alert, hold, reported, c.turns(), now);
      case Condition.Firing c -> stillFiring(story, c, alert, hold, reported, now);
      case Condition.Held c -> stillHeld(story, c, alert, hold, reported, now);
      case Condition.Flapping c when !story.counts() && turnsUp(c, reported) ->
          begin(story, alert, hold, reported, c.turns(), now);
      case Condition.Flapping c when turnsUp(c, reported) ->
          heldTurn(story, c, alert, reported, true, now);
      case Condition.Flapping c when c.firing() ->
          repeat(Reason.SAME_EPISODE, story, "It flaps, and this turn is known.");
      case Condition.Flapping _ ->
          repeat(Reason.LATE_REPORT, story, "It speaks of a turn that is over.");
    };
  }

  private static boolean turnsUp(Condition.Flapping c, Episode reported) {
    return reported.isAfter(c.episode()) || !c.firing() && !reported.known();
  }

  private Ending begin(
      Story story,
      Alert alert,
      @Nullable Hold hold,
      Episode reported,
      List<Instant> before,
      Instant now) {
    IncidentAlert member = IncidentAlert.of(alert);
    return hold == null
        ? beginning.begin(story, member, alert.groupLabels(), reported, before, now)
        : held.hold(story, hold, false, member, alert.groupLabels(), reported, before, now);
  }

  private Ending stillHeld(
      Story story,
      Condition.Held c,
      Alert alert,
      @Nullable Hold hold,
      Episode reported,
      Instant now) {
    Episode latest = reported.isAfter(c.episode()) ? reported : c.episode();
    Hold holding = hold == null ? held.lingering(c, now) : hold;
    IncidentAlert member = IncidentAlert.of(alert);
    if (holding == null) {
      return held.release(story, c, member, latest, now);
    }
    return held.hold(
        story, holding, hold == null, member, alert.groupLabels(), latest, c.turns(), now);
  }

  private Ending stillFiring(
      Story story,
      Condition.Firing c,
      Alert alert,
      @Nullable Hold hold,
      Episode reported,
      Instant now) {
    story.become(c.heardUntil(now.plus(settings.expireAfter())));
    if (!story.counts()) {
      return repeat(
          Reason.SAME_EPISODE, story, "It fires since before a person resolved the incident.");
    }
    if (hold != null && story.isWorse(alert.severity())) {
      return held.holdWorse(story, hold);
    }
    if (story.raise(alert.severity())) {
      return new Ending(
          Outcome.JOINED,
          Reason.OPEN_GROUP,
          story.incidentId(),
          "The condition is known, and is worse than the incident was.");
    }
    return reported.isBefore(c.episode())
        ? repeat(Reason.LATE_REPORT, story, "It reports an earlier start of what fires already.")
        : repeat(Reason.SAME_EPISODE, story, "It says again what the incident knows.");
  }

  private Ending resolved(Story story, @Nullable Condition condition, Alert alert, Instant now) {
    boolean recovery = alert.stateReason() == null || !NO_RECOVERY.contains(alert.stateReason());
    Episode reported = Episode.of(alert);
    return switch (condition) {
      case null -> unknownEpisode(story, alert, recovery, List.of(), now);
      case Condition.Over c when reported.isAfter(c.episode()) ->
          unknownEpisode(story, alert, recovery, c.turns(), now);
      case Condition.Over c when reported.isBefore(c.episode()) ->
          repeat(Reason.LATE_REPORT, story, "It speaks of an earlier episode.");
      case Condition.Over c -> {
        if (recovery) {
          story.become(over(alert, c.episode(), c.turns(), now));
        }
        yield repeat(Reason.SAME_EPISODE, story, "The condition is known to be over.");
      }
      case Condition.Firing c when !ends(alert, reported, c.episode()) ->
          repeat(Reason.LATE_REPORT, story, "It ends an earlier episode: the latest still fires.");
      case Condition.Firing c when !recovery -> {
        story.become(c.revokedUntil(now.plus(settings.notARecoveryAfter())));
        yield notARecovery(story, alert);
      }
      case Condition.Firing c -> recovered(story, c, alert, now);
      case Condition.Held c when !ends(alert, reported, c.episode()) ->
          repeat(Reason.LATE_REPORT, story, "It ends an earlier episode: the latest still fires.");
      case Condition.Held c when !recovery -> {
        story.become(c.revokedUntil(now.plus(settings.notARecoveryAfter())));
        yield notARecovery(story, alert);
      }
      case Condition.Held c -> {
        story.become(over(alert, c.episode(), c.turns(), now));
        yield new Ending(
            Outcome.RESOLVED,
            Reason.CONDITION_CLEARED,
            null,
            "It ends what was held back: nobody had been told of it.");
      }
      case Condition.Flapping c when !ends(alert, reported, c.episode()) ->
          repeat(Reason.LATE_REPORT, story, "It ends an earlier turn.");
      case Condition.Flapping _ when !recovery -> notARecovery(story, alert);
      case Condition.Flapping c when !c.firing() ->
          repeat(Reason.SAME_EPISODE, story, "It flaps, and this turn is known.");
      case Condition.Flapping c when !story.counts() ->
          cleared(story, alert, c.episode(), flapping.withTurn(c.turns(), now), now);
      case Condition.Flapping c -> heldTurn(story, c, alert, c.episode(), false, now);
    };
  }

  /**
   * Whether a resolved report ends an open episode: it names it, or a later time than its start.
   */
  private static boolean ends(Alert alert, Episode reported, Episode open) {
    return !reported.isBefore(open)
        || alert.endsAt() != null && !alert.endsAt().isBefore(open.startsAt());
  }

  private Ending recovered(Story story, Condition.Firing c, Alert alert, Instant now) {
    List<Instant> turns = flapping.withTurn(c.turns(), now);
    if (story.isActive() && story.counts() && flapping.isFlapping(turns)) {
      story.become(
          new Condition.Flapping(
              alert.id(), c.episode(), c.round(), false, flapping.quietAt(now), turns));
      story.startFlapping(turns.size());
      return held(story);
    }
    return cleared(story, alert, c.episode(), turns, now);
  }

  private Ending cleared(
      Story story, Alert alert, Episode episode, List<Instant> turns, Instant now) {
    String incidentId = story.incidentId();
    boolean last =
        story.clear(
            alert.id(),
            over(alert, episode, turns, now),
            Cause.ALL_CLEAR,
            "resolved by " + alert.source());
    return last
        ? new Ending(
            Outcome.RESOLVED,
            Reason.LAST_CONDITION_CLEARED,
            incidentId,
            "It was the last condition that fired, so the incident is over.")
        : new Ending(
            Outcome.RESOLVED, Reason.CONDITION_CLEARED, incidentId, "The condition is over.");
  }

  private Ending heldTurn(
      Story story,
      Condition.Flapping c,
      Alert alert,
      Episode episode,
      boolean firing,
      Instant now) {
    List<Instant> turns = flapping.withTurn(c.turns(), now);
    story.become(
        new Condition.Flapping(
            alert.id(), episode, c.round(), firing, flapping.quietAt(now), turns));
    return held(story);
  }

  private Ending held(Story story) {
    return new Ending(
        Outcome.HELD_BACK,
        Reason.FLAPPING,
        story.incidentId(),
        "The condition flaps: the incident stays open until it was quiet for %s."
            .formatted(Words.of(flapping.quiet())));
  }

  private Ending unknownEpisode(
      Story story, Alert alert, boolean recovery, List<Instant> turns, Instant now) {
    if (!recovery) {
      return notARecovery(story, alert);
    }
    // Kept, so that the firing report, should it come late, does not page for what is over.
    Episode reported = Episode.of(alert);
    story.become(over(alert, reported, turns, now));
    return new Ending(
        Outcome.RESOLVED,
        Reason.UNKNOWN_EPISODE,
        null,
        "It ends a condition that nobody had reported as firing.");
  }

  private Ending notARecovery(Story story, Alert alert) {
    return new Ending(
        Outcome.HELD_BACK,
        Reason.NOT_A_RECOVERY,
        story.incidentId(),
        "%s took it back because of '%s', which is no recovery: what was open stays so for %s."
            .formatted(
                alert.source(), alert.stateReason(), Words.of(settings.notARecoveryAfter())));
  }

  private Condition.Over over(Alert alert, Episode episode, List<Instant> turns, Instant now) {
    Instant endsAt = alert.endsAt();
    // A source whose clock is ahead must not keep us from hearing what fires until then.
    Instant ended =
        endsAt == null || endsAt.isAfter(alert.receivedAt()) ? alert.receivedAt() : endsAt;
    return new Condition.Over(
        alert.id(),
        episode,
        endsAt == null ? null : ended,
        false,
        now.plus(ConditionTimer.remembered(settings)),
        turns);
  }

  private static Ending repeat(Reason reason, Story story, String detail) {
    return new Ending(Outcome.REPEAT, reason, story.incidentId(), detail);
  }
}
