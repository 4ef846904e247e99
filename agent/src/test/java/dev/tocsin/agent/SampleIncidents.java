// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent;

import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.step.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Incidents of a shop whose checkout is failing. */
public final class SampleIncidents {

  public static final Instant BEGAN = Instant.parse("2026-11-22T10:00:00Z");
  public static final Instant NOW = BEGAN.plusSeconds(90);
  public static final Map<String, String> GROUP =
      Map.of("namespace", "shop", "service", "checkout");
  public static final String EXPRESSION =
      "sum(rate(http_requests_total{service=\"checkout\",code=~\"5..\"}[5m]))";

  private SampleIncidents() {}

  public static Incident checkoutFails() {
    return checkoutFails("2.5 % of checkouts fail");
  }

  public static Incident checkoutFails(String description) {
    return Incident.opened(
        opened("inc_checkout", "Checkout error rate high", alert(description), BEGAN));
  }

  public static IncidentAlert alert(String description) {
    return new IncidentAlert(
        "r1-0",
        "grafana",
        "1",
        "f00d",
        AlertKind.CONDITION,
        AlertStatus.FIRING,
        Severity.CRITICAL,
        "Checkout error rate high",
        Map.of("alertname", "CheckoutErrorRateHigh", "namespace", "shop", "service", "checkout"),
        Map.of("summary", "Checkout answers with errors", "description", description),
        BEGAN,
        null,
        NOW,
        Map.of("B", 0.0253),
        new Links(
            "http://prometheus.example:9090/graph?g0.expr="
                + java.net.URLEncoder.encode(
                    EXPRESSION + " > 0.01", java.nio.charset.StandardCharsets.UTF_8)
                + "&g0.tab=1",
            "https://grafana.example/d/shop",
            null,
            null,
            null,
            "https://wiki.example/runbooks/checkout-errors"),
        0);
  }

  public static IncidentEvent.Opened opened(
      String id, String title, IncidentAlert alert, Instant at) {
    return new IncidentEvent.Opened(
        id, at, 1, "shop/checkout", GROUP, title, alert.severity(), alert, null);
  }

  public static IncidentEvent.Opened opened(String id, String title, Instant at) {
    IncidentAlert a = alert("");
    return opened(
        id,
        title,
        new IncidentAlert(
            id + "-0",
            a.source(),
            a.org(),
            id,
            a.kind(),
            a.status(),
            Severity.WARNING,
            title,
            Map.of("alertname", title),
            Map.of("summary", title),
            at,
            null,
            at,
            Map.of(),
            Links.NONE,
            0),
        at);
  }

  public static IncidentEvent.Resolved resolved(String id, Instant at) {
    return new IncidentEvent.Resolved(
        id, at, 1, IncidentEvent.Cause.ALL_CLEAR, "grafana", "grafana");
  }

  public static Step step(Incident incident, Instant now, Duration until) {
    return new Step(
        "run_1/gather", "run_1", incident.id(), "investigate", 1, now, now.plus(until), incident);
  }
}
