// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.jira;

import dev.tocsin.notifier.channel.text.PlainText;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.topic.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of the requests that make and change an issue. */
final class IssueRequest {

  /** The entity property that says whose an issue or a comment is. */
  static final String PROPERTY = "tocsin";

  private static final int LONGEST_SUMMARY = 255;
  private static final int LONGEST_LABEL = 255;
  private static final int MOST_LABELS = 30;

  private IssueRequest() {}

  static ObjectNode create(Content.Ticket ticket, String project, String issueType) {
    ObjectNode request = Json.MAPPER.createObjectNode();
    ObjectNode fields = request.putObject("fields");
    fields.putObject("project").put("key", project);
    fields.putObject("issuetype").put("name", issueType);
    String summary = PlainText.line(ticket.summary());
    fields.put(
        "summary", PlainText.cut(summary.isEmpty() ? "(no summary)" : summary, LONGEST_SUMMARY));
    fields.set("description", Adf.document(ticket.text(), ticket.links()));
    ArrayNode labels = fields.putArray("labels");
    labels(ticket).forEach(labels::add);
    mark(request, ticket.mark());
    return request;
  }

  /** A comment that can be found again by its mark. */
  static ObjectNode comment(String mark, List<Content.Paragraph> text) {
    ObjectNode request = Json.MAPPER.createObjectNode();
    request.set("body", Adf.document(text, List.of()));
    mark(request, mark);
    return request;
  }

  /** The link from the issue back to us; empty when the ticket brings no link. */
  static Optional<ObjectNode> remoteLink(Content.Ticket ticket) {
    return ticket.links().stream()
        .filter(link -> PlainText.isWebLink(link.href()))
        .findFirst()
        .map(
            link -> {
              ObjectNode request = Json.MAPPER.createObjectNode();
              request.put("globalId", label(ticket.mark()));
              String title = PlainText.cut(PlainText.line(link.text()), 255);
              request
                  .putObject("object")
                  .put("url", link.href())
                  .put("title", title.isEmpty() ? "Tocsin" : title);
              return request;
            });
  }

  static ObjectNode transition(String id) {
    ObjectNode request = Json.MAPPER.createObjectNode();
    request.putObject("transition").put("id", id);
    return request;
  }

  /** The label by which search finds the ticket of a mark. */
  static String label(String mark) {
    return cleanLabel("tocsin-" + mark);
  }

  private static List<String> labels(Content.Ticket ticket) {
    return Stream.concat(
            Stream.of("tocsin", label(ticket.mark())),
            ticket.labels().stream().map(IssueRequest::cleanLabel))
        .filter(label -> !label.isEmpty())
        .distinct()
        .limit(MOST_LABELS)
        .toList();
  }

  /** Jira takes no spaces in a label, and JQL no quotes. */
  private static String cleanLabel(String label) {
    String clean = PlainText.line(label).replaceAll("[\\s\"'\\\\]+", "_");
    return clean.length() > LONGEST_LABEL ? clean.substring(0, LONGEST_LABEL) : clean;
  }

  private static void mark(ObjectNode request, String mark) {
    ObjectNode property = request.putArray("properties").addObject().put("key", PROPERTY);
    property.putObject("value").put("mark", mark);
  }
}
