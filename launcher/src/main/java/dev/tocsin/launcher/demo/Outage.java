// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.demo;

import dev.tocsin.schemas.topic.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Grafana says while the checkout of a shop is down: messages as its webhook contact point
 * sends them.
 */
final class Outage {

  /** A thing that happens, and when, counted from the beginning. */
  sealed interface Scene {
    Duration after();

    /** Grafana posts a message. */
    record Webhook(Duration after, String says, String body) implements Scene {}

    /** The person on call does something in the console. */
    record Person(Duration after, String says, String action, String body) implements Scene {}
  }

  private record Condition(
      String alertname, String severity, String summary, String name, double value) {}

  private static final Condition LATENCY =
      new Condition(
          "CheckoutLatencyHigh",
          "warning",
          "p99 of checkout is 2.4 s (objective: 0.8 s)",
          "p99",
          2.4);
  private static final Condition POOL =
      new Condition(
          "DatabasePoolExhausted",
          "error",
          "checkout-db: 100 of 100 connections in use",
          "connections",
          100);
  private static final Condition ERRORS =
      new Condition(
          "CheckoutErrorRateHigh", "critical", "18 % of checkouts fail", "error_ratio", 0.18);

  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final Instant start;

  Outage(Instant start) {
    this.start = start;
  }

  List<Scene> scenes() {
    return List.of(
        new Scene.Webhook(at(0), "somebody presses Grafana's Test button", test()),
        new Scene.Webhook(at(1), "errors: 18 % of checkouts fail (critical)", firing(ERRORS)),
        new Scene.Webhook(at(2), "the second Grafana replica says the same", firing(ERRORS)),
        new Scene.Webhook(at(4), "latency: p99 of checkout is 2.4 s (warning)", firing(LATENCY)),
        new Scene.Webhook(
            at(5), "database: the connection pool is exhausted (error)", firing(POOL)),
        new Scene.Person(at(9), "the person on call acknowledges", "acknowledge", "{}"),
        new Scene.Person(
            at(12),
            "the person on call rolls back",
            "notes",
            "{\"text\":\"Rolling checkout back to 2026.11.3.\"}"),
        new Scene.Webhook(at(15), "the pool has room again", resolved(POOL)),
        new Scene.Webhook(at(17), "latency is back", resolved(LATENCY)),
        new Scene.Webhook(at(19), "checkouts succeed again", resolved(ERRORS)));
  }

  private static Duration at(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private String firing(Condition condition) {
    return message("firing", alert(condition, "firing", NEVER), labels(condition));
  }

  private String resolved(Condition condition) {
    String endsAt = start.plusSeconds(15).toString();
    return message("resolved", alert(condition, "resolved", endsAt), labels(condition));
  }

  private String test() {
    Map<String, String> labels = Map.of("alertname", "TestAlert", "instance", "Grafana");
    Map<String, Object> alert = new LinkedHashMap<>();
    alert.put("status", "firing");
    alert.put("labels", labels);
    alert.put("annotations", Map.of("summary", "Notification test"));
    alert.put("startsAt", start.toString());
    alert.put("endsAt", NEVER);
    alert.put("generatorURL", "");
    alert.put("fingerprint", "57c6d9296de20001");
    alert.put("values", null);
    return message("firing", alert, labels);
  }

  private static Map<String, String> labels(Condition condition) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("alertname", condition.alertname());
    labels.put("cluster", "eu-1");
    labels.put("namespace", "shop");
    labels.put("service", "checkout");
    labels.put("severity", condition.severity());
    return labels;
  }

  private Map<String, Object> alert(Condition condition, String status, String endsAt) {
    Map<String, Object> alert = new LinkedHashMap<>();
    alert.put("status", status);
    alert.put("labels", labels(condition));
    alert.put(
        "annotations",
        Map.of(
            "summary",
            condition.summary(),
            "runbook_url",
            "https://runbooks.example.com/checkout"));
    alert.put("startsAt", start.toString());
    alert.put("endsAt", endsAt);
    alert.put(
        "generatorURL",
        "https://grafana.example.com/alerting/grafana/" + condition.alertname() + "/view?orgId=1");
    alert.put("fingerprint", "%016x".formatted(condition.alertname().hashCode()));
    alert.put("silenceURL", "https://grafana.example.com/alerting/silence/new");
    alert.put("dashboardURL", "https://grafana.example.com/d/checkout");
    alert.put("panelURL", "https://grafana.example.com/d/checkout?viewPanel=2");
    alert.put(
        "values", status.equals("firing") ? Map.of(condition.name(), condition.value()) : null);
    alert.put("valueString", "");
    alert.put("orgId", 1);
    return alert;
  }

  private static String message(
      String status, Map<String, Object> alert, Map<String, String> labels) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("receiver", "tocsin");
    message.put("status", status);
    message.put("alerts", List.of(alert));
    message.put("groupLabels", Map.of("alertname", labels.getOrDefault("alertname", "")));
    message.put("commonLabels", labels);
    message.put("commonAnnotations", Map.of());
    message.put("externalURL", "https://grafana.example.com/");
    message.put("version", "1");
    message.put("groupKey", "{}:{alertname=\"" + labels.get("alertname") + "\"}");
    message.put("truncatedAlerts", 0);
    message.put("orgId", 1);
    message.put("title", "[" + status + "] " + labels.get("alertname"));
    message.put("state", status.equals("firing") ? "alerting" : "ok");
    message.put("message", "");
    return Json.MAPPER.writeValueAsString(message);
  }
}
