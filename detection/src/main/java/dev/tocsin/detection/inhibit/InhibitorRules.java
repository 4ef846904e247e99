// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.inhibit;

import dev.tocsin.detection.incident.Condition;
import dev.tocsin.detection.incident.Decision;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.hold.Inhibitor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a condition is told of as an inhibitor, and when that is taken back: decision × what was
 * told → what to tell.
 *
 * <p>It does not matter whether the condition is held back itself, or whether a person resolved its
 * incident: it fires.
 */
public final class InhibitorRules {

  private final Duration believed;

  /**
   * @param believed how long a firing alert is believed that its source says nothing of
   */
  public InhibitorRules(Duration believed) {
    this.believed = believed;
  }

  /**
   * @param alert the report that was decided on; null when time made the decision
   * @param wanted whether some rule would go by the alert
   * @param told what was told last; null when nothing, or when it was taken back
   */
  public Optional<InhibitorChange> after(
      Decision decision,
      @Nullable Alert alert,
      boolean wanted,
      @Nullable Inhibitor told,
      Instant now) {
    String identity = decision.identity();
    if (identity == null) {
      return Optional.empty();
    }
    String group = decision.group().key();
    if (!fires(decision.condition()) || alert != null && alert.isFiring() && !wanted) {
      return told == null
          ? Optional.empty()
          : Optional.of(new InhibitorChange(group, identity, null));
    }
    if (alert == null || !alert.isFiring() || isFresh(told, now)) {
      return Optional.empty();
    }
    Inhibitor inhibitor =
        new Inhibitor(
            alert.id(), alert.title(), alert.labels(), alert.receivedAt(), now.plus(believed));
    return Optional.of(new InhibitorChange(group, identity, inhibitor));
  }

  private static boolean fires(@Nullable Condition condition) {
    return switch (condition) {
      case Condition.Firing _, Condition.Held _ -> true;
      case Condition.Flapping c -> c.firing();
      case Condition.Over _ -> false;
      case null -> false;
    };
  }

  /** Repeats are many: it is told again only when half of the time is over. */
  private boolean isFresh(@Nullable Inhibitor told, Instant now) {
    return told != null && now.isBefore(told.until().minus(believed.dividedBy(2)));
  }
}
