// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.callback.jira;

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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Jira's webhooks, as an administrator sets them up: changes of an issue's status and assignee, and
 * comments. Texts are in wiki markup even where the API speaks another.
 */
public final class JiraVendor implements Vendor {

  /** The label by which a ticket is known as an incident's. */
  private static final String MARK = "tocsin-inc_";

  private static final String NOBODY_NAMED = "Jira";
  private static final int MOST_ITEMS = 100;

  @Override
  public String name() {
    return "jira";
  }

  @Override
  public Signed signed() {
    return new Signed("X-Hub-Signature", "sha256=");
  }

  @Override
  public List<Callback> read(byte[] body, MessageReader json, Presented request, Instant receivedAt)
      throws Unreadable {
    Message message = json.read(body);
    String event = Fields.of(message.top().find("webhookEvent")).asString("");
    if (event.isEmpty()) {
      throw new Unreadable("there is no webhookEvent");
    }
    JsonNode issue = Fields.of(message.top().find("issue"));
    List<Change> changes =
        switch (event) {
          case "jira:issue_updated" ->
              changes(Fields.of(message.top().find("changelog")), issue.path("fields"));
          case "comment_created" -> said(Fields.of(message.top().find("comment")));
          default -> List.of();
        };
    if (changes.isEmpty()) {
      return List.of();
    }
    String key = Fields.line(issue.path("key"));
    if (key.isEmpty()) {
      throw new Unreadable("an event " + event + " that names no issue");
    }
    Instant at = Fields.time(Fields.of(message.top().find("timestamp")), receivedAt);
    String id = id(request, event, key, at);
    String by = who(message);
    return changes.stream()
        .map(
            change ->
                new Callback(
                    ContentId.of("cb", name(), id, change.type()),
                    name(),
                    key,
                    mark(issue.path("fields").path("labels")),
                    change,
                    by,
                    at,
                    receivedAt))
        .toList();
  }

  private static List<Change> changes(JsonNode changelog, JsonNode fields) {
    List<Change> changes = new ArrayList<>();
    changelog
        .path("items")
        .valueStream()
        .limit(MOST_ITEMS)
        .forEach(
            item -> {
              switch (item.path("field").asString("")) {
                case "status" -> changes.add(moved(item, fields.path("status")));
                case "assignee" ->
                    changes.add(new Change.Assigned(Fields.line(item.path("toString"))));
                default -> {}
              }
            });
    return changes;
  }

  /** Statuses are a site's own; what they amount to is told by their category. */
  private static Change moved(JsonNode item, JsonNode status) {
    String to = Fields.line(item.path("toString"));
    return status.path("statusCategory").path("key").asString("").equals("done")
        ? new Change.Resolved(to)
        : new Change.Moved(to);
  }

  private static List<Change> said(JsonNode comment) {
    String id = Fields.line(comment.path("id"));
    String text = Fields.text(comment.path("body"));
    return id.isEmpty() || text.isEmpty() ? List.of() : List.of(new Change.Noted(id, text));
  }

  private static String id(Presented request, String event, String key, Instant at) {
    List<String> given = request.header("X-Atlassian-Webhook-Identifier");
    return given.isEmpty() ? event + '/' + key + '/' + at : given.getFirst();
  }

  private static String who(Message message) {
    String user = Fields.line(Fields.of(message.top().find("user")).path("displayName"));
    String author =
        Fields.line(Fields.of(message.top().find("comment")).path("author").path("displayName"));
    if (!author.isEmpty()) {
      return author;
    }
    return user.isEmpty() ? NOBODY_NAMED : user;
  }

  private static @Nullable String mark(JsonNode labels) {
    return labels
        .valueStream()
        .map(label -> label.asString(""))
        .filter(label -> label.startsWith(MARK))
        .findFirst()
        .orElse(null);
  }
}
