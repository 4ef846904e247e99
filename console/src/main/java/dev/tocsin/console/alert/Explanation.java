// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.alert;

import dev.tocsin.console.delivery.DeliverySummary;
import dev.tocsin.console.hold.HoldThen;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.alert.HeldBy;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.incident.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of an alert, and why.
 *
 * @param text all of it in a few sentences
 * @param outcome null while nobody decided
 * @param alert as it was accepted; null when that is longer ago than alerts are kept
 * @param heldBy the silences and inhibition rules that held it back, as they were then
 * @param inForce those that were there when it was decided, and whether they speak of such an alert
 * @param incident the one it opened, joined or cleared; or opened later, when nothing held it back
 *     any longer
 * @param unusual what was unusual then about this alert or its service
 * @param followed what people and systems were told about its incident
 */
public record Explanation(
    String id,
    String text,
    String source,
    String title,
    Instant receivedAt,
    AlertOutcome.@Nullable Outcome outcome,
    AlertOutcome.@Nullable Reason reason,
    @Nullable String detail,
    @Nullable Instant decidedAt,
    @Nullable String ruleVersion,
    List<HeldBy> heldBy,
    List<HoldThen> inForce,
    @Nullable IncidentLink incident,
    List<DeliverySummary> followed,
    List<Anomaly> unusual,
    @Nullable Alert alert) {

  /** The incident an alert opened, joined or cleared. */
  public record IncidentLink(String id, String title, String status, String href) {

    static IncidentLink to(Incident incident) {
      return new IncidentLink(
          incident.id(),
          incident.title(),
          incident.status().name(),
          "/v1/incidents/" + incident.id());
    }
  }

  static Explanation undecided(Alert alert) {
    return new Explanation(
        alert.id(),
        "Accepted from %s at %s; not decided yet.".formatted(alert.source(), alert.receivedAt()),
        alert.source(),
        alert.title(),
        alert.receivedAt(),
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of(),
        alert);
  }

  static Explanation decided(
      AlertOutcome outcome,
      @Nullable Alert alert,
      List<HoldThen> inForce,
      @Nullable Incident incident,
      List<DeliverySummary> followed,
      List<Anomaly> unusual) {
    return new Explanation(
        outcome.alertId(),
        words(outcome, incident, followed, unusual),
        outcome.source(),
        outcome.title(),
        outcome.receivedAt(),
        outcome.outcome(),
        outcome.reason(),
        outcome.detail(),
        outcome.decidedAt(),
        outcome.ruleVersion(),
        outcome.heldBy() == null ? List.of() : outcome.heldBy(),
        inForce,
        incident == null ? null : IncidentLink.to(incident),
        followed,
        unusual,
        alert);
  }

  private static String words(
      AlertOutcome outcome,
      @Nullable Incident incident,
      List<DeliverySummary> followed,
      List<Anomaly> unusual) {
    StringBuilder text = new StringBuilder();
    text.append("Accepted from %s at %s. ".formatted(outcome.source(), outcome.receivedAt()));
    text.append(outcome.detail());
    if (!outcome.detail().endsWith(".")) {
      text.append('.');
    }
    if (incident != null && outcome.incidentId() == null) {
      text.append(" Later it was held back no longer, still fired, and opened an incident.");
    }
    if (incident != null) {
      text.append(
          " Incident %s “%s” is %s."
              .formatted(
                  incident.id(),
                  incident.title(),
                  incident.status().name().toLowerCase(Locale.ROOT)));
    }
    for (Anomaly anomaly : unusual) {
      text.append(" Unusual then: %s.".formatted(anomaly.explanation()));
    }
    for (DeliverySummary told : followed) {
      text.append(
          " %s to %s: %s."
              .formatted(
                  told.kind(), told.endpoint(), told.status().name().toLowerCase(Locale.ROOT)));
    }
    return text.toString();
  }
}
