// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.jira;

import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What can be done with one issue. */
final class IssueApi {

  private static final int LONGEST_KEY = 255;
  private static final int LONGEST_VALUE = 32_768;

  private final FakeJira jira;
  private final JiraIssue issue;

  IssueApi(FakeJira jira, JiraIssue issue) {
    this.jira = jira;
    this.issue = issue;
  }

  Answer answer(Request request, String[] path) {
    String what = request.method() + ' ' + (path.length > 2 ? path[2] : "");
    return switch (what) {
      case "GET " -> Answer.json(200, whole(request));
      case "GET comment" -> comments(request);
      case "POST comment" -> comment(request.json());
      case "GET transitions" -> transitions();
      case "POST transitions" -> transition(request.json());
      case "GET remotelink" -> Answer.json(200, issue.remoteLinks().values());
      case "POST remotelink" -> remoteLink(request.json());
      case "GET properties" -> property(path);
      case "PUT properties" -> setProperty(path, request.json());
      default -> FakeJira.error(404, "null for uri: " + request.path());
    };
  }

  private Map<String, Object> whole(Request request) {
    Map<String, Object> shown = new LinkedHashMap<>(FakeJira.shown(issue));
    if (first(request, "expand", "").contains("changelog")) {
      shown.put(
          "changelog",
          Map.of("histories", issue.moves().reversed().stream().map(JiraMove::json).toList()));
    }
    return shown;
  }

  private Answer comments(Request request) {
    int start = Integer.parseInt(first(request, "startAt", "0"));
    int most = Integer.parseInt(first(request, "maxResults", "100"));
    List<JiraComment> ordered =
        first(request, "orderBy", "created").startsWith("-")
            ? issue.comments().reversed()
            : issue.comments();
    return Answer.json(
        200,
        Map.of(
            "startAt",
            start,
            "maxResults",
            most,
            "total",
            ordered.size(),
            "comments",
            ordered.stream()
                .skip(start)
                .limit(most)
                .map(c -> shown(c, first(request, "expand", "").contains("properties")))
                .toList()));
  }

  private Answer comment(JsonNode body) {
    String fault = Adf.fault(body.path("body"));
    if (fault != null) {
      return Answer.json(
          400, Map.of("errorMessages", List.of(), "errors", Map.of("comment", fault)));
    }
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    body.path("properties").forEach(p -> properties.put(p.path("key").asString(), p.path("value")));
    JiraComment comment = new JiraComment(jira.nextComment(issue), body.path("body"), properties);
    jira.comment(issue, comment, FakeJira.EMAIL);
    return Answer.json(201, shown(comment, false));
  }

  private Answer transitions() {
    return Answer.json(
        200,
        Map.of(
            "transitions",
            Arrays.stream(JiraStatus.values())
                .filter(status -> status != issue.status())
                .map(JiraStatus::transitionJson)
                .toList()));
  }

  private Answer transition(JsonNode body) {
    String id = body.path("transition").path("id").asString("");
    for (JiraStatus status : JiraStatus.values()) {
      if (status.transition().equals(id) && status != issue.status()) {
        jira.move(issue, status, FakeJira.EMAIL);
        return Answer.empty(204);
      }
    }
    return FakeJira.error(400, "Transition id '" + id + "' is not valid for this issue.");
  }

  private Answer remoteLink(JsonNode body) {
    JsonNode object = body.path("object");
    if (object.path("url").asString("").isEmpty() || object.path("title").asString("").isEmpty()) {
      return Answer.json(
          400,
          Map.of("errorMessages", List.of(), "errors", Map.of("object", "url and title required")));
    }
    String globalId = body.path("globalId").asString("link-" + issue.remoteLinks().size());
    Map<String, JsonNode> links = new LinkedHashMap<>(issue.remoteLinks());
    boolean isNew = links.put(globalId, body) == null;
    keep(issue.properties(), issue.comments(), links);
    return Answer.json(isNew ? 201 : 200, Map.of("id", issue.id() * 100 + links.size()));
  }

  private Answer property(String[] path) {
    JsonNode value = path.length > 3 ? issue.properties().get(path[3]) : null;
    return value == null
        ? FakeJira.error(404, "The property was not found.")
        : Answer.json(200, Map.of("key", path[3], "value", value));
  }

  private Answer setProperty(String[] path, JsonNode value) {
    if (path[3].length() > LONGEST_KEY || value.toString().length() > LONGEST_VALUE) {
      return FakeJira.error(
          400,
          "A property has a key of at most %d characters and a value of at most %d."
              .formatted(LONGEST_KEY, LONGEST_VALUE));
    }
    Map<String, JsonNode> properties = new LinkedHashMap<>(issue.properties());
    boolean isNew = properties.put(path[3], value) == null;
    keep(properties, issue.comments(), issue.remoteLinks());
    return Answer.empty(isNew ? 201 : 200);
  }

  private void keep(
      Map<String, JsonNode> properties,
      List<JiraComment> comments,
      Map<String, JsonNode> remoteLinks) {
    jira.keep(
        new JiraIssue(
            issue.id(),
            issue.key(),
            issue.status(),
            issue.createdAt(),
            issue.fields(),
            Map.copyOf(properties),
            List.copyOf(comments),
            Map.copyOf(remoteLinks),
            issue.moves()));
  }

  /** Properties are shown to those who ask for them. */
  private static Map<String, Object> shown(JiraComment comment, boolean withProperties) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", String.valueOf(comment.id()));
    shown.put("body", comment.body());
    if (withProperties) {
      List<Map<String, Object>> properties = new ArrayList<>();
      comment
          .properties()
          .forEach((key, value) -> properties.add(Map.of("key", key, "value", value)));
      shown.put("properties", properties);
    }
    return shown;
  }

  private static String first(Request request, String name, String otherwise) {
    return request.query().getOrDefault(name, List.of(otherwise)).getFirst();
  }
}
