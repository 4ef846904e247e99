// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.pagerduty;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What Events API v2 finds wrong with an event. */
final class EventRules {

  private static final Set<String> ACTIONS = Set.of("trigger", "acknowledge", "resolve");
  private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");

  private EventRules() {}

  /** Empty when the event is valid. */
  static List<String> faults(JsonNode event) {
    List<String> faults = new ArrayList<>();
    if (!event.isObject()) {
      return List.of("Event object is invalid");
    }
    if (event.path("routing_key").asString("").length() != 32) {
      faults.add("Length of 'routing_key' is incorrect (should be 32 characters)");
    }
    String action = event.path("event_action").asString("");
    if (!ACTIONS.contains(action)) {
      faults.add("'event_action' is missing or invalid (must be trigger, acknowledge or resolve)");
    }
    String dedupKey = event.path("dedup_key").asString("");
    if (dedupKey.length() > 255) {
      faults.add("Length of 'dedup_key' is incorrect (should be at most 255 characters)");
    }
    if (dedupKey.isEmpty() && !action.equals("trigger")) {
      faults.add("'dedup_key' is missing or blank");
    }
    if (action.equals("trigger")) {
      payload(event.path("payload"), faults);
    }
    links(event.path("links"), faults);
    return faults;
  }

  private static void payload(JsonNode payload, List<String> faults) {
    if (!payload.isObject()) {
      faults.add("'payload' is missing or blank");
      return;
    }
    String summary = payload.path("summary").asString("");
    if (summary.isBlank()) {
      faults.add("'payload.summary' is missing or blank");
    }
    if (summary.length() > 1024) {
      faults.add("Length of 'payload.summary' is incorrect (should be at most 1024 characters)");
    }
    if (payload.path("source").asString("").isBlank()) {
      faults.add("'payload.source' is missing or blank");
    }
    if (!SEVERITIES.contains(payload.path("severity").asString(""))) {
      faults.add("'payload.severity' is invalid (must be critical, warning, error or info)");
    }
    JsonNode timestamp = payload.path("timestamp");
    if (!timestamp.isMissingNode() && !isTimestamp(timestamp.asString(""))) {
      faults.add("'payload.timestamp' is invalid (must be ISO 8601)");
    }
  }

  private static void links(JsonNode links, List<String> faults) {
    if (!links.isMissingNode() && !links.isArray()) {
      faults.add("'links' must be an array");
    }
    for (JsonNode link : links) {
      if (link.path("href").asString("").isBlank()) {
        faults.add("'links.href' is missing or blank");
      }
    }
  }

  private static boolean isTimestamp(String text) {
    try {
      return OffsetDateTime.parse(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
