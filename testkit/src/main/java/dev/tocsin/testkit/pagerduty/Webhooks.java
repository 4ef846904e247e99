// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.pagerduty;

import dev.tocsin.testkit.callback.WebhookSender;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PagerDuty's webhooks, version 3, as captures show them: an incident's key is not in them. */
final class Webhooks {

  private final WebhookSender sender;
  private int told;

  Webhooks(WebhookSender sender) {
    this.sender = sender;
  }

  /**
   * Tells of a change.
   *
   * @param by the person; null when it was an event of an integration
   */
  void tell(
      String type,
      PagerDutyIncident incident,
      @Nullable String by,
      List<String> assignees,
      Instant at) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", incident.id());
    data.put("type", "incident");
    data.put("number", incident.number());
    data.put("status", incident.status().name().toLowerCase(Locale.ROOT));
    data.put("title", incident.summary());
    data.put("assignees", assignees.stream().map(name -> reference("user", name)).toList());
    data.put("priority", null);
    data.put("resolve_reason", null);
    send(type, data, by, at);
  }

  void tellNote(PagerDutyIncident incident, String text, String by, Instant at) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("incident", Map.of("id", incident.id(), "type", "incident_reference"));
    data.put("id", "PNOTE" + incident.notes().size());
    data.put("content", text);
    data.put("trimmed", false);
    data.put("type", "incident_note");
    send("incident.annotated", data, by, at);
  }

  private void send(String type, Map<String, Object> data, @Nullable String by, Instant at) {
    String id = "01FAKE%020d".formatted(++told);
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("id", id);
    event.put("event_type", type);
    event.put("resource_type", "incident");
    event.put("occurred_at", at.toString());
    event.put(
        "agent",
        by == null
            ? reference("events_api_v2_inbound_integration", "Tocsin")
            : reference("user", by));
    event.put("client", null);
    event.put("data", data);
    sender.send(Map.of("X-Webhook-Id", id), Map.of("event", event));
  }

  private static Map<String, Object> reference(String type, String summary) {
    return Map.of("id", "P" + summary.hashCode(), "summary", summary, "type", type + "_reference");
  }

  void close() {
    sender.close();
  }
}
