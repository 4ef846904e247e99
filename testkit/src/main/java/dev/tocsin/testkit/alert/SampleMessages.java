// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.alert;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.topic.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Messages in the words of those who send them, about alerts of ours. */
public final class SampleMessages {

  private static final String GRAFANA = "https://grafana.shop.example/";
  private static final String NO_TIME = "0001-01-01T00:00:00Z";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SampleMessages() {}

  /** As a Grafana webhook contact point sends one group (payload version 1). */
  public static String grafana(Alert... alerts) {
    return grafanaMessage(alerts).toString();
  }

  /** The same with what {@code maxAlerts} left out. */
  public static String grafanaTruncated(int truncated, Alert... alerts) {
    return grafanaMessage(alerts).put("truncatedAlerts", truncated).toString();
  }

  private static ObjectNode grafanaMessage(Alert... alerts) {
    ObjectNode message = message(alerts);
    message.put("version", "1");
    message.put("orgId", orgOf(alerts));
    message.put("state", anyFiring(alerts) ? "alerting" : "ok");
    message.put("title", (anyFiring(alerts) ? "[FIRING:1] " : "[RESOLVED] ") + alerts[0].title());
    message.put("message", "**Firing**\n\n" + alerts[0].title() + "\n");
    ArrayNode list = message.putArray("alerts");
    for (Alert alert : alerts) {
      ObjectNode one = alert(alert);
      one.put("silenceURL", GRAFANA + "alerting/silence/new?alertmanager=grafana");
      one.put("dashboardURL", GRAFANA + "d/shop?orgId=1&from=1772445600000&to=1772449200000");
      one.put("panelURL", GRAFANA + "d/shop?orgId=1&viewPanel=4");
      if (alert.values().isEmpty()) {
        one.putNull("values");
      } else {
        ObjectNode values = one.putObject("values");
        alert.values().forEach(values::put);
      }
      one.put("valueString", valueString(alert));
      one.put("orgId", orgOf(alert));
      list.add(one);
    }
    return message;
  }

  /** As Alertmanager's webhook sends one group (payload version 4). */
  public static String alertmanager(Alert... alerts) {
    ObjectNode message = message(alerts);
    message.put("version", "4");
    ArrayNode list = message.putArray("alerts");
    for (Alert alert : alerts) {
      list.add(alert(alert));
    }
    return message.toString();
  }

  /** What the test button of a Grafana contact point sends. */
  public static String grafanaTest() {
    ObjectNode message = grafanaMessage(SampleAlerts.TEST_ALERT);
    message.put("groupKey", "on-call-0f1e2d3c4b5a6978-1772445600");
    ObjectNode alert = (ObjectNode) message.get("alerts").get(0);
    alert.put("generatorURL", "").put("dashboardURL", "").put("panelURL", "");
    return message.toString();
  }

  /** As the legacy alerting of Grafana 8 and before sends it. */
  public static String legacyGrafana(long ruleId, String ruleName, String state) {
    ObjectNode message = JSON.objectNode();
    message.put("dashboardId", 12).put("panelId", 3).put("orgId", 1).put("ruleId", ruleId);
    message.put("ruleName", ruleName).put("state", state);
    message.put("ruleUrl", GRAFANA + "d/shop?tab=alert&viewPanel=3&orgId=1");
    message.put("title", "[" + state + "] " + ruleName).put("message", "carts are not paid for");
    ObjectNode match = message.putArray("evalMatches").addObject();
    match.put("metric", "unpaid").put("value", 41.5).putNull("tags");
    message.putObject("tags").put("team", "payments");
    return message.toString();
  }

  private static ObjectNode message(Alert... alerts) {
    ObjectNode message = JSON.objectNode();
    Map<String, String> grouped = Map.of("alertname", name(alerts[0]), "grafana_folder", "Shop");
    message.put("receiver", "on\\-call \\(shop\\)");
    message.put("status", anyFiring(alerts) ? "firing" : "resolved");
    message.set("groupLabels", Json.MAPPER.valueToTree(grouped));
    message.set("commonLabels", Json.MAPPER.valueToTree(alerts[0].labels()));
    message.set("commonAnnotations", Json.MAPPER.valueToTree(alerts[0].annotations()));
    message.put("externalURL", GRAFANA);
    message.put(
        "groupKey", "{}:{alertname=\"%s\", grafana_folder=\"Shop\"}".formatted(name(alerts[0])));
    message.put("truncatedAlerts", 0);
    return message;
  }

  private static ObjectNode alert(Alert alert) {
    ObjectNode one = JSON.objectNode();
    one.put("status", alert.status().name().toLowerCase(Locale.ROOT));
    one.set("labels", Json.MAPPER.valueToTree(alert.labels()));
    ObjectNode annotations = Json.MAPPER.valueToTree(alert.annotations());
    if (alert.stateReason() != null) {
      annotations.put("grafana_state_reason", alert.stateReason());
    }
    one.set("annotations", annotations);
    Instant endsAt = alert.endsAt();
    one.put("startsAt", alert.startsAt().toString());
    one.put("endsAt", endsAt == null ? NO_TIME : endsAt.toString());
    one.put("generatorURL", GRAFANA + "alerting/grafana/" + name(alert) + "/view?orgId=1");
    one.put("fingerprint", alert.fingerprint());
    return one;
  }

  private static String valueString(Alert alert) {
    return alert.values().entrySet().stream()
        .map(v -> "[ var='%s' labels={pod=api-0} value=%s ]".formatted(v.getKey(), v.getValue()))
        .collect(java.util.stream.Collectors.joining(", "));
  }

  private static String name(Alert alert) {
    return alert.labels().getOrDefault("alertname", "");
  }

  private static int orgOf(Alert... alerts) {
    String org = alerts[0].org();
    return org.isEmpty() ? 1 : Integer.parseInt(org);
  }

  private static boolean anyFiring(Alert... alerts) {
    return List.of(alerts).stream().anyMatch(Alert::isFiring);
  }
}
