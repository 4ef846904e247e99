// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow;

import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.incident.IncidentEvent.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An outage of the checkout service, as its incident's events tell it. */
public final class Samples {

  public static final String INCIDENT = "inc_checkout";
  public static final Instant T0 = Instant.parse("2026-11-22T03:14:05Z");

  public static final IncidentAlert SLOW =
      alert("r1-0", "CheckoutSlow", AlertKind.CONDITION, Severity.ERROR, T0);
  public static final IncidentAlert DOWN =
      alert("r2-0", "CheckoutDown", AlertKind.CONDITION, Severity.CRITICAL, T0.plusSeconds(20));
  public static final IncidentAlert OFF_BAND =
      alert("r3-0", "checkout latency", AlertKind.ANOMALY, Severity.WARNING, T0);

  public static final Context CONTEXT =
      new Context(
          "Checkout answers slowly since the deployment at 03:10.",
          "Release 4.2 holds database connections too long",
          0.72,
          List.of("e1"),
          List.of(
              new Evidence(
                  "e1",
                  "prometheus",
                  "Connections in use",
                  "98 of 100\nsince 03:11",
                  "pool_used",
                  T0,
                  null)),
          List.of("Roll back to 4.1", "Watch pool_used"),
          List.of(),
          "gpt-x",
          900,
          2400,
          T0.plusSeconds(5));

  public static final Context EVIDENCE_ONLY =
      new Context(
          "The model gpt-x has not answered in time.",
          null,
          null,
          List.of(),
          CONTEXT.evidence(),
          List.of(),
          List.of(),
          null,
          0,
          9500,
          T0.plusSeconds(9));

  private Samples() {}

  public static IncidentAlert alert(
      String id, String title, AlertKind kind, Severity severity, Instant at) {
    return new IncidentAlert(
        id,
        "grafana",
        "1",
        "fp-" + title,
        kind,
        AlertStatus.FIRING,
        severity,
        title,
        Map.of("alertname", title, "service", "checkout", "namespace", "shop"),
        Map.of("summary", title + " for the last 5 minutes"),
        at.minusSeconds(60),
        null,
        at,
        Map.of("A", 0.97),
        new Links(
            "https://grafana.example/alerting/1",
            "https://grafana.example/d/1",
            null,
            null,
            null,
            "javascript:alert(1)"),
        0);
  }

  public static IncidentEvent.Opened opened(IncidentAlert alert) {
    return new IncidentEvent.Opened(
        INCIDENT,
        T0,
        1,
        "1/shop/checkout",
        Map.of("service", "checkout"),
        alert.title(),
        alert.severity(),
        alert,
        null);
  }

  public static IncidentEvent.Opened openedUnder(String parent) {
    IncidentEvent.Opened e = opened(SLOW);
    return new IncidentEvent.Opened(
        e.incidentId(),
        e.at(),
        e.epoch(),
        e.group(),
        e.groupLabels(),
        e.title(),
        e.severity(),
        e.alert(),
        parent);
  }

  public static IncidentEvent.AlertAdded joined(IncidentAlert alert) {
    return new IncidentEvent.AlertAdded(INCIDENT, T0.plusSeconds(20), 1, alert);
  }

  public static IncidentEvent.AnomalyAdded offBand(String explanation) {
    return new IncidentEvent.AnomalyAdded(
        INCIDENT,
        T0.plusSeconds(20),
        1,
        new Anomaly(
            "an-1",
            "p99{service=checkout}",
            "p99",
            Map.of("service", "checkout"),
            Anomaly.Status.OFF_BAND,
            Severity.WARNING,
            T0,
            T0.plusSeconds(20),
            9,
            1,
            0,
            2,
            8,
            1,
            "1/shop/checkout",
            Map.of("service", "checkout"),
            explanation,
            null,
            null,
            null,
            null,
            null,
            null));
  }

  public static IncidentEvent.SeverityRaised raised(Severity from, Severity to) {
    return new IncidentEvent.SeverityRaised(INCIDENT, T0.plusSeconds(20), 1, from, to);
  }

  public static IncidentEvent.Acknowledged acknowledged(String via) {
    return new IncidentEvent.Acknowledged(INCIDENT, T0.plusSeconds(30), 1, "ada", via);
  }

  public static IncidentEvent.NoteAdded note(String via) {
    return new IncidentEvent.NoteAdded(INCIDENT, T0.plusSeconds(40), 1, "ada", via, "on it");
  }

  public static IncidentEvent.Resolved resolved(int epoch) {
    return new IncidentEvent.Resolved(
        INCIDENT, T0.plusSeconds(300), epoch, Cause.ALL_CLEAR, "grafana", "grafana");
  }

  public static IncidentEvent.Reopened reopened(int epoch) {
    return new IncidentEvent.Reopened(INCIDENT, T0.plusSeconds(500), epoch, DOWN);
  }
}
