// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.forecast.Forecast;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.step.StepResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records of one outage: the checkout API is down, and what was done about it. */
public final class Samples {

  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private Samples() {}

  public static Alert alert(String id) {
    return alert(id, "Checkout error rate above 5 %", AlertStatus.FIRING, NOON);
  }

  public static Alert alert(String id, String title, AlertStatus status, Instant at) {
    return new Alert(
        id,
        id.substring(0, id.lastIndexOf('-')),
        "grafana",
        "1",
        "fp-" + title.hashCode(),
        AlertKind.CONDITION,
        status,
        Severity.CRITICAL,
        title,
        Map.of("alertname", title, "service", "checkout", "cluster", "eu-1"),
        Map.of(
            "summary",
            "5 of 7 pods answer 5xx",
            "runbook_url",
            "https://runbooks.example/checkout"),
        at.minusSeconds(60),
        null,
        at,
        "1/cluster=eu-1,service=checkout",
        Map.of("cluster", "eu-1", "service", "checkout"),
        null,
        Map.of("A", 0.37, "B", 5.0),
        new Links(
            "https://grafana.example/alerting/1",
            "https://grafana.example/d/1",
            null,
            "javascript:alert(1)",
            null,
            "https://runbooks.example/checkout"),
        0,
        "{\"status\":\"firing\"}");
  }

  public static AlertOutcome outcome(
      Alert alert, AlertOutcome.Outcome outcome, @Nullable String incident) {
    return new AlertOutcome(
        alert.id(),
        outcome,
        switch (outcome) {
          case OPENED -> AlertOutcome.Reason.NEW_GROUP;
          case JOINED -> AlertOutcome.Reason.OPEN_GROUP;
          case REPEAT -> AlertOutcome.Reason.SAME_EPISODE;
          case RESOLVED -> AlertOutcome.Reason.LAST_CONDITION_CLEARED;
          case HELD_BACK -> AlertOutcome.Reason.FLAPPING;
          case TEST -> AlertOutcome.Reason.TEST_NOTIFICATION;
          case DEAD_LETTER -> AlertOutcome.Reason.UNDECIDABLE;
        },
        incident,
        "No incident was open for cluster=eu-1, service=checkout, so it opened one.",
        alert.source(),
        alert.title(),
        alert.group(),
        alert.receivedAt(),
        alert.receivedAt().plusMillis(12),
        "rules-1");
  }

  public static IncidentEvent.Opened opened(String incident, Alert alert, Severity severity) {
    return new IncidentEvent.Opened(
        incident,
        alert.receivedAt().plusMillis(12),
        1,
        alert.group(),
        alert.groupLabels(),
        alert.title(),
        severity,
        IncidentAlert.of(alert),
        null);
  }

  public static IncidentEvent.Resolved resolved(String incident, Instant at) {
    return new IncidentEvent.Resolved(
        incident, at, 1, IncidentEvent.Cause.ALL_CLEAR, "detection", "alerts");
  }

  public static Delivery page(String id, String incident, Delivery.Status status, Instant at) {
    return delivery(
        id,
        incident,
        "pagerduty/default",
        status,
        at,
        new Content.Page(
            "tocsin-" + incident + "-1",
            "Checkout error rate above 5 %",
            Severity.CRITICAL,
            "grafana",
            at,
            "checkout",
            "eu-1",
            Map.of("alerts", "2"),
            List.of(new Content.Link("Grafana", "https://grafana.example/d/1"))));
  }

  public static Delivery ticket(String id, String incident, Delivery.Status status, Instant at) {
    return delivery(
        id,
        incident,
        "jira/default",
        status,
        at,
        new Content.Ticket(
            "tocsin-" + incident,
            "Checkout error rate above 5 %",
            Severity.CRITICAL,
            List.of(new Content.Paragraph("Alerts", List.of("Checkout error rate above 5 %"))),
            List.of("tocsin"),
            List.of()));
  }

  public static Delivery event(String id, String incident, Delivery.Status status, Instant at) {
    return delivery(
        id,
        incident,
        "webhook/sub_abc",
        status,
        at,
        new Content.Event("evt-" + id, "dev.tocsin.incident.opened", "{}"));
  }

  private static Delivery delivery(
      String id,
      String incident,
      String endpoint,
      Delivery.Status status,
      Instant at,
      Content content) {
    boolean over = status != Delivery.Status.PENDING;
    AttemptResult first =
        attempt(
            id,
            endpoint,
            1,
            new Outcome.TryAgain(Reason.SERVER_ERROR, "the endpoint answered 503", null),
            at.plusMillis(40));
    Outcome last =
        status == Delivery.Status.DELIVERED
            ? new Outcome.Delivered(
                endpoint.startsWith("jira") ? "OPS-17" : "tocsin-" + incident + "-1")
            : new Outcome.GiveUp(Reason.BAD_REQUEST, "the endpoint answered 400");
    return new Delivery(
        id,
        status,
        new Notification(id, endpoint, incident, 1, incident, null, at, at, content),
        over ? List.of(first, attempt(id, endpoint, 2, last, at.plusSeconds(2))) : List.of(first),
        over ? 2 : 1,
        over ? null : at.plusSeconds(2),
        status == Delivery.Status.DELIVERED ? ((Outcome.Delivered) last).receipt() : null,
        status == Delivery.Status.DEAD ? "the endpoint answered 400" : "",
        at.plusSeconds(2));
  }

  private static AttemptResult attempt(
      String delivery, String endpoint, int n, Outcome outcome, Instant at) {
    return new AttemptResult(
        delivery + "-" + n,
        delivery,
        endpoint,
        n,
        Attempt.Mode.SEND,
        outcome,
        at.minusMillis(30),
        at);
  }

  public static StepResult context(String incident, Instant at) {
    return new StepResult(
        "run-1/investigate",
        "run-1",
        incident,
        "investigate",
        1,
        StepResult.Outcome.DONE,
        new Context(
            "Error rate rose from 0.2 % to 37 % at 11:58, right after the rollout of checkout"
                + " v142.",
            "Rollout of checkout v142",
            0.8,
            List.of("e1", "e2"),
            List.of(
                new Evidence(
                    "e1",
                    "prometheus",
                    "Error rate around the start",
                    "0.2 % before 11:58, 37 % after",
                    "sum(rate(http_requests_total{service=\"checkout\",code=~\"5..\"}[1m]))",
                    at,
                    "https://prometheus.example/graph"),
                new Evidence(
                    "e2", "incidents", "Similar", "inc_old, 3 weeks ago", "similar", at, null)),
            List.of("Roll back to v141"),
            List.of("Was the migration part of v142?"),
            "a-model",
            1_234,
            4_200,
            at),
        "",
        at);
  }

  public static Run run(String incident, Run.Status status, Instant at) {
    return new Run(
        "run-1",
        incident,
        1,
        "default",
        "v1",
        status,
        at,
        at.plusSeconds(9),
        List.of(
            new Run.StepState(
                "investigate", "investigate", Run.Progress.DONE, at, at.plusSeconds(4), ""),
            new Run.StepState(
                "page", "page", Run.Progress.DONE, at.plusSeconds(4), at.plusSeconds(5), "")));
  }

  public static Anomaly anomaly(String id, Instant at, Anomaly.Status status) {
    return new Anomaly(
        id,
        "http_latency{service=checkout}",
        "checkout latency",
        Map.of("service", "checkout"),
        status,
        Severity.WARNING,
        at,
        at,
        2.4,
        0.3,
        0.1,
        0.6,
        7.5,
        0.98,
        "1/service=checkout",
        Map.of("service", "checkout"),
        "checkout latency is 2.4 s; 0.1 to 0.6 s was expected",
        Anomaly.Aspect.LEVEL,
        4.0,
        null,
        true,
        Anomaly.Kind.METRIC,
        null);
  }

  /** A forecast of exhaustion in so many days; null foresees none. */
  public static Forecast forecast(String series, Instant at, @Nullable Double day) {
    return new Forecast(
        series,
        "disk",
        Map.of("service", "db"),
        at,
        0.8,
        1,
        day == null ? Forecast.Status.CALM : Forecast.Status.EXPECTED,
        0.01,
        0.02,
        day,
        day,
        null,
        0.1,
        0.6,
        0.9,
        "1/service=db",
        "in words");
  }
}
