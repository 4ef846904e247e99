// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.jira;

import dev.tocsin.testkit.callback.WebhookSender;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jira's webhooks: an update shows its issue's labels, a comment does not. */
final class Webhooks {

  private final WebhookSender sender;
  private int told;

  Webhooks(WebhookSender sender) {
    this.sender = sender;
  }

  void tellUpdate(JiraIssue issue, String field, @Nullable String to, String by, Instant at) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("field", field);
    item.put("fieldtype", "jira");
    item.put("toString", to);
    Map<String, Object> fields =
        Map.of(
            "summary", issue.summary(), "labels", issue.labels(), "status", issue.status().json());
    send(
        Map.of(
            "timestamp",
            at.toEpochMilli(),
            "webhookEvent",
            "jira:issue_updated",
            "user",
            person(by),
            "issue",
            Map.of("id", String.valueOf(issue.id()), "key", issue.key(), "fields", fields),
            "changelog",
            Map.of("id", "1", "items", List.of(item))));
  }

  void tellComment(JiraIssue issue, JiraComment comment, String by, Instant at) {
    send(
        Map.of(
            "timestamp",
            at.toEpochMilli(),
            "webhookEvent",
            "comment_created",
            "comment",
            Map.of(
                "id", String.valueOf(comment.id()), "author", person(by), "body", comment.text()),
            "issue",
            Map.of(
                "id",
                String.valueOf(issue.id()),
                "key",
                issue.key(),
                "fields",
                Map.of("summary", issue.summary()))));
  }

  private void send(Map<String, Object> body) {
    sender.send(Map.of("X-Atlassian-Webhook-Identifier", "fake-webhook-" + ++told), body);
  }

  private static Map<String, Object> person(String name) {
    return Map.of("accountId", "a" + name.hashCode(), "displayName", name);
  }

  void close() {
    sender.close();
  }
}
