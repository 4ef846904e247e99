// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one alert. Every accepted alert gets exactly one.
 *
 * @param incidentId the incident it opened, joined or cleared; null when it touched none
 * @param detail the reason in a sentence a person at 3 a.m. understands
 * @param ruleVersion which rules decided: changes whenever the same input could be decided
 *     otherwise
 * @param heldBy the silences and inhibition rules that held it back; null when none did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertOutcome(
    String alertId,
    Outcome outcome,
    Reason reason,
    @Nullable String incidentId,
    String detail,
    String source,
    String title,
    String group,
    Instant receivedAt,
    Instant decidedAt,
    String ruleVersion,
    @Nullable List<HeldBy> heldBy) {

  /** The outcome of an alert that no person or rule held back. */
  public AlertOutcome(
      String alertId,
      Outcome outcome,
      Reason reason,
      @Nullable String incidentId,
      String detail,
      String source,
      String title,
      String group,
      Instant receivedAt,
      Instant decidedAt,
      String ruleVersion) {
    this(
        alertId,
        outcome,
        reason,
        incidentId,
        detail,
        source,
        title,
        group,
        receivedAt,
        decidedAt,
        ruleVersion,
        null);
  }

  /** The same, with a further sentence. */
  public AlertOutcome saying(String more) {
    return new AlertOutcome(
        alertId,
        outcome,
        reason,
        incidentId,
        detail + ' ' + more,
        source,
        title,
        group,
        receivedAt,
        decidedAt,
        ruleVersion,
        heldBy);
  }

  /** The end an alert came to. */
  public enum Outcome {
    /** It opened an incident, or opened one again. */
    OPENED,
    /** It joined an open incident. */
    JOINED,
    /** It said nothing new. */
    REPEAT,
    /** It ended a condition. */
    RESOLVED,
    /** It was kept from people, by a rule or a person. */
    HELD_BACK,
    /** It was a test of the way here. */
    TEST,
    /** It could not be decided, and lies among the dead letters. */
    DEAD_LETTER
  }

  /** Why it came to that end. Few and fixed, since each is a metric label. */
  public enum Reason {
    NEW_GROUP,
    REOPENED_GROUP,
    OPEN_GROUP,
    SAME_EPISODE,
    LATE_REPORT,
    CONDITION_CLEARED,
    LAST_CONDITION_CLEARED,
    NOT_A_RECOVERY,
    UNKNOWN_EPISODE,
    FLAPPING,
    SILENCED,
    INHIBITED,
    TEST_NOTIFICATION,
    UNDECIDABLE
  }
}
