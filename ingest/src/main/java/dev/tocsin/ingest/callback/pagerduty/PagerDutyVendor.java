// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.callback.pagerduty;

import dev.tocsin.ingest.auth.Presented;
import dev.tocsin.ingest.callback.Fields;
import dev.tocsin.ingest.callback.Vendor;
import dev.tocsin.ingest.source.Message;
import dev.tocsin.ingest.source.MessageReader;
import dev.tocsin.ingest.source.Unreadable;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * PagerDuty's webhooks, version 3: one event in each. Its documentation, captures and samples
 * disagree about what an incident shows, so only what is needed is read.
 */
public final class PagerDutyVendor implements Vendor {

  private static final String NOBODY_NAMED = "PagerDuty";

  @Override
  public String name() {
    return "pagerduty";
  }

  @Override
  public Signed signed() {
    return new Signed("X-PagerDuty-Signature", "v1=");
  }

  @Override
  public List<Callback> read(byte[] body, MessageReader json, Presented request, Instant receivedAt)
      throws Unreadable {
    Message message = json.read(body);
    JsonNode event = Fields.of(message.top().find("event"));
    String type = event.path("event_type").asString("");
    if (type.isEmpty()) {
      throw new Unreadable("there is no event.event_type");
    }
    JsonNode data = event.path("data");
    Change change = change(type, data);
    if (change == null) {
      return List.of();
    }
    JsonNode incident = change instanceof Change.Noted ? data.path("incident") : data;
    String object = Fields.line(incident.path("id"));
    if (object.isEmpty()) {
      throw new Unreadable("an event " + type + " that names no incident");
    }
    String by = Fields.line(event.path("agent").path("summary"));
    String mark = Fields.line(incident.path("incident_key"));
    Instant at = Fields.time(event.path("occurred_at"), receivedAt);
    String id = Fields.line(event.path("id"));
    return List.of(
        new Callback(
            ContentId.of("cb", name(), id.isEmpty() ? type + object + at : id),
            name(),
            object,
            mark.isEmpty() ? null : mark,
            change,
            by.isEmpty() ? NOBODY_NAMED : by,
            at,
            receivedAt));
  }

  private static @Nullable Change change(String type, JsonNode data) {
    return switch (type) {
      case "incident.acknowledged" -> new Change.Acknowledged();
      case "incident.resolved" -> ended(data.path("resolve_reason"));
      case "incident.reopened" -> new Change.Reopened();
      case "incident.reassigned", "incident.delegated", "incident.escalated" ->
          new Change.Assigned(names(data.path("assignees")));
      case "incident.annotated" ->
          new Change.Noted(Fields.line(data.path("id")), Fields.text(data.path("content")));
      // There are some twenty more, and new ones come unannounced.
      default -> null;
    };
  }

  private static Change ended(JsonNode reason) {
    if (!reason.path("type").asString("").startsWith("merge")) {
      return new Change.Resolved("resolved");
    }
    String into = Fields.line(reason.path("incident").path("summary"));
    return new Change.Merged(
        into.isEmpty() ? Fields.line(reason.path("incident").path("id")) : into);
  }

  private static String names(JsonNode assignees) {
    return assignees
        .valueStream()
        .map(assignee -> Fields.line(assignee.path("summary")))
        .filter(name -> !name.isEmpty())
        .limit(10)
        .collect(Collectors.joining(", "));
  }
}
