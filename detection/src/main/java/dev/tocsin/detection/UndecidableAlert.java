// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An alert that was set aside; whatever else it lacks, it is accounted for. */
final class UndecidableAlert {

  private UndecidableAlert() {}

  /** Empty when it lacks even an id. */
  static Optional<AlertOutcome> outcome(Alert alert, Instant now, String ruleVersion) {
    if (isMissing(alert.id())) {
      return Optional.empty();
    }
    return Optional.of(
        new AlertOutcome(
            alert.id(),
            AlertOutcome.Outcome.DEAD_LETTER,
            AlertOutcome.Reason.UNDECIDABLE,
            null,
            "It could not be decided, and lies among the dead letters of detection.",
            text(alert.source()),
            text(alert.title()),
            text(alert.group()),
            isMissing(alert.receivedAt()) ? now : alert.receivedAt(),
            now,
            ruleVersion));
  }

  private static boolean isMissing(@Nullable Object member) {
    return member == null;
  }

  private static String text(@Nullable String member) {
    return member == null ? "" : member;
  }
}
