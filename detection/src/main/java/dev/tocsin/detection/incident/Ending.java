// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.alert.AlertOutcome.Outcome;
import dev.tocsin.schemas.alert.AlertOutcome.Reason;
import dev.tocsin.schemas.alert.HeldBy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end one alert came to, and why, before it is written down. */
record Ending(
    Outcome outcome,
    Reason reason,
    @Nullable String incidentId,
    String detail,
    @Nullable List<HeldBy> heldBy) {

  Ending(Outcome outcome, Reason reason, @Nullable String incidentId, String detail) {
    this(outcome, reason, incidentId, detail, null);
  }

  AlertOutcome of(Alert alert, Instant now, String ruleVersion) {
    return new AlertOutcome(
        alert.id(),
        outcome,
        reason,
        incidentId,
        detail,
        alert.source(),
        alert.title(),
        alert.group(),
        alert.receivedAt(),
        now,
        ruleVersion,
        heldBy);
  }
}
