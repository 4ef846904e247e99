// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.alert;

import dev.tocsin.console.anomaly.Anomalies;
import dev.tocsin.console.delivery.Deliveries;
import dev.tocsin.console.delivery.DeliverySummary;
import dev.tocsin.console.hold.HoldThen;
import dev.tocsin.console.incident.Incidents;
import dev.tocsin.console.problem.Refusal;
import dev.tocsin.console.setting.Settings;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Alerts, by their ids or by the receipt their sender was given; and what became of each. */
@RestController
@RequestMapping("/v1/alerts")
@Tag(name = "alerts")
public final class AlertController {

  private static final int MOST_FOLLOWED = 100;
  private static final Set<String> CALLS_PEOPLE = Set.of("page", "ticket");

  private final Alerts alerts;
  private final Incidents incidents;
  private final Deliveries deliveries;
  private final Settings settings;
  private final Anomalies anomalies;

  public AlertController(
      Alerts alerts,
      Incidents incidents,
      Deliveries deliveries,
      Settings settings,
      Anomalies anomalies) {
    this.alerts = alerts;
    this.incidents = incidents;
    this.deliveries = deliveries;
    this.settings = settings;
    this.anomalies = anomalies;
  }

  /** The alerts of one message. */
  record OfReceipt(String receipt, Collection<String> ids) {}

  @GetMapping
  @Operation(summary = "The ids of the alerts that came in one message")
  OfReceipt ofReceipt(@RequestParam(required = false) @Nullable String receipt) {
    if (receipt == null || receipt.isBlank()) {
      throw Refusal.parameter("receipt", receipt, "what the sender's 202 answer called receipt");
    }
    Collection<String> ids = alerts.ofReceipt(receipt.strip());
    if (ids.isEmpty()) {
      throw Refusal.unknown("alert with receipt", receipt);
    }
    return new OfReceipt(receipt.strip(), ids);
  }

  @GetMapping("/{id}")
  @Operation(summary = "One alert as it was accepted; kept for 7 days")
  Alert one(@PathVariable String id) {
    return alerts.find(id).orElseThrow(() -> Refusal.unknown("alert", id));
  }

  @GetMapping("/{id}/explanation")
  @Operation(summary = "What became of an alert, and why; kept for 90 days")
  Explanation explanation(@PathVariable String id) {
    Optional<Alert> alert = alerts.find(id);
    Optional<AlertOutcome> outcome = alerts.outcome(id);
    if (outcome.isEmpty()) {
      return alert.map(Explanation::undecided).orElseThrow(() -> Refusal.unknown("alert", id));
    }
    Incident incident = incidents.find(incidentOf(outcome.get())).orElse(null);
    return Explanation.decided(
        outcome.get(),
        alert.orElse(null),
        alert.map(a -> HoldThen.of(settings, a, outcome.get().decidedAt())).orElse(List.of()),
        incident,
        incident == null ? List.of() : followed(incident),
        unusual(outcome.get(), alert.orElse(null)));
  }

  /** What was unusual then about this alert, or about its service as a whole. */
  private List<Anomaly> unusual(AlertOutcome outcome, @Nullable Alert alert) {
    String own = alert == null ? "" : "/alert/" + IncidentAlert.of(alert).identity();
    return anomalies.around(outcome.group(), outcome.decidedAt()).stream()
        .filter(a -> !a.series().contains("/alert/") || !own.isEmpty() && a.series().endsWith(own))
        .toList();
  }

  /** Of an alert that was held back, the one it may have opened later: its id comes from both. */
  private static String incidentOf(AlertOutcome outcome) {
    String incidentId = outcome.incidentId();
    return incidentId == null
        ? ContentId.of("inc", outcome.group(), outcome.alertId())
        : incidentId;
  }

  private List<DeliverySummary> followed(Incident incident) {
    return deliveries.summaries(incident.id(), MOST_FOLLOWED).reversed().stream()
        .filter(told -> CALLS_PEOPLE.contains(told.kind()))
        .toList();
  }
}
