// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import dev.tocsin.detection.hold.Hold;
import dev.tocsin.schemas.alert.AlertOutcome.Outcome;
import dev.tocsin.schemas.alert.HeldBy;
import dev.tocsin.schemas.incident.IncidentAlert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a firing condition while something holds it back, and when nothing does so any
 * longer.
 */
final class HeldRules {

  private final IncidentSettings settings;
  private final Beginning beginning;

  HeldRules(IncidentSettings settings, Beginning beginning) {
    this.settings = settings;
    this.beginning = beginning;
  }

  /**
   * A condition begins to fire, or fires on, and is held back.
   *
   * @param lingers whether nothing does so any more, and it waits for a moment only
   */
  Ending hold(
      Story story,
      Hold hold,
      boolean lingers,
      IncidentAlert member,
      Map<String, String> groupLabels,
      Episode episode,
      List<Instant> turns,
      Instant now) {
    Instant expires = now.plus(settings.expireAfter());
    if (story.counts()) {
      // Its incident is open and waits for it: only that it began anew is kept from people.
      story.become(
          new Condition.Firing(member.alertId(), episode, story.round(), expires, false, turns));
      return ending(hold, story.incidentId(), "Its incident is open; ");
    }
    story.become(
        new Condition.Held(
            member, groupLabels, episode, hold.by(), lingers, hold.until(), expires, turns));
    return ending(hold, null, "");
  }

  /** What its incident knows already got worse, and that is held back. */
  Ending holdWorse(Story story, Hold hold) {
    return ending(hold, story.incidentId(), "Its incident knows it; that it got worse is ");
  }

  private static Ending ending(Hold hold, @Nullable String incidentId, String before) {
    String held = before.isEmpty() ? "Held" : before + "held";
    return new Ending(
        Outcome.HELD_BACK, hold.reason(), incidentId, held + " back by " + hold.words(), hold.by());
  }

  /**
   * Whether a condition is to wait for a moment longer, although nothing holds it back: what one
   * fault set off ends together, but not in one second.
   */
  @Nullable Hold lingering(Condition.Held c, Instant now) {
    boolean inhibited = c.by().stream().allMatch(by -> by.kind() == HeldBy.Kind.INHIBITION);
    Instant until = c.lingers() ? c.heldUntil() : now.plus(settings.releaseAfter());
    return inhibited && now.isBefore(until) ? new Hold(c.by(), until) : null;
  }

  /** Time has passed, or what held it back has changed. */
  void look(Story story, Condition.Held c, @Nullable Hold hold, Instant now) {
    if (hold != null) {
      story.become(c.heldBy(hold, false));
      return;
    }
    Hold lingering = lingering(c, now);
    if (lingering != null) {
      story.become(c.heldBy(lingering, true));
      return;
    }
    release(story, c, c.alert(), c.episode(), now);
  }

  /** It fires, and nothing holds it back any longer. */
  Ending release(
      Story story, Condition.Held c, IncidentAlert member, Episode episode, Instant now) {
    Ending ending = beginning.begin(story, member, c.groupLabels(), episode, c.turns(), now);
    if (ending.outcome() == Outcome.OPENED) {
      story.say(
          "It has fired since %s, and was held back until now by %s"
              .formatted(episode.startsAt(), new Hold(c.by(), c.heldUntil()).words()));
    }
    return ending;
  }
}
