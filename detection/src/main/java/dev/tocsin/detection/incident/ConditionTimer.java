// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import dev.tocsin.detection.hold.Hold;
import dev.tocsin.schemas.incident.IncidentEvent.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a condition when its time has come: it expires, is believed again, is held back
 * no longer, is forgotten.
 */
public final class ConditionTimer {

  private final IncidentSettings settings;
  private final HeldRules held;

  public ConditionTimer(IncidentSettings settings, FlappingSettings flapping) {
    this.settings = settings;
    this.held = new HeldRules(settings, new Beginning(settings, new FlappingRule(flapping)));
  }

  /** How long an ended condition is known: no report of it should come later than this. */
  static Duration remembered(IncidentSettings settings) {
    Duration expire = settings.expireAfter();
    Duration reopen = settings.reopenWithin();
    return expire.compareTo(reopen) > 0 ? expire : reopen;
  }

  /**
   * The condition's {@code until} must have come; one that is held back may be looked at any time.
   *
   * @param hold what holds the condition back now; null when nothing does
   */
  public Decision decide(
      AlertGroup group, String identity, Condition condition, @Nullable Hold hold, Instant now) {
    Story story = new Story(group, identity, condition, now);
    switch (condition) {
      case Condition.Firing c ->
          story.clear(
              c.alertId(),
              over(c, true, c.turns(), now),
              Cause.EXPIRED,
              c.revoked()
                  ? "expired: its source took it back %s ago, and said no more of it"
                      .formatted(Words.of(settings.notARecoveryAfter()))
                  : "expired: its source said nothing of it for %s"
                      .formatted(Words.of(settings.expireAfter())));
      case Condition.Flapping c when c.firing() -> {
        story.endFlapping();
        story.become(
            new Condition.Firing(
                c.alertId(),
                c.episode(),
                c.round(),
                now.plus(settings.expireAfter()),
                false,
                List.of()));
      }
      case Condition.Flapping c -> {
        story.endFlapping();
        story.clear(
            c.alertId(),
            over(c, false, List.of(), now),
            Cause.ALL_CLEAR,
            "quiet after flapping, and resolved by its source");
      }
      case Condition.Held c when !now.isBefore(c.expires()) ->
          story.become(over(c, true, c.turns(), now));
      case Condition.Held c -> held.look(story, c, hold, now);
      case Condition.Over _ -> story.become(null);
    }
    return story.told();
  }

  private Condition.Over over(Condition c, boolean expired, List<Instant> turns, Instant now) {
    return new Condition.Over(
        c.alertId(), c.episode(), null, expired, now.plus(remembered(settings)), turns);
  }
}
