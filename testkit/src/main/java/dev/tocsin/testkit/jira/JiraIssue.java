// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.jira;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An issue as Jira keeps it.
 *
 * @param fields as they were given at creation
 * @param properties entity properties by key
 * @param comments bodies in ADF, oldest first
 * @param remoteLinks by global id
 * @param moves changes of its status, oldest first
 */
public record JiraIssue(
    long id,
    String key,
    JiraStatus status,
    Instant createdAt,
    JsonNode fields,
    Map<String, JsonNode> properties,
    List<JiraComment> comments,
    Map<String, JsonNode> remoteLinks,
    List<JiraMove> moves) {

  public String summary() {
    return fields.path("summary").asString("");
  }

  public List<String> labels() {
    return fields.path("labels").valueStream().map(JsonNode::asString).toList();
  }

  /** The text of the description, one line for each block. */
  public String description() {
    return Adf.text(fields.path("description"));
  }

  public boolean isDone() {
    return status == JiraStatus.DONE;
  }

  JiraIssue commented(JiraComment comment) {
    List<JiraComment> more = new ArrayList<>(comments);
    more.add(comment);
    return new JiraIssue(
        id, key, status, createdAt, fields, properties, List.copyOf(more), remoteLinks, moves);
  }

  JiraIssue moved(JiraMove move) {
    List<JiraMove> more = new ArrayList<>(moves);
    more.add(move);
    return new JiraIssue(
        id,
        key,
        move.to(),
        createdAt,
        fields,
        properties,
        comments,
        remoteLinks,
        List.copyOf(more));
  }
}
