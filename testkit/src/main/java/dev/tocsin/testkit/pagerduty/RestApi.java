// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.pagerduty;

import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The part of PagerDuty's REST API that we use. */
final class RestApi {

  private final FakePagerDuty pagerDuty;

  RestApi(FakePagerDuty pagerDuty) {
    this.pagerDuty = pagerDuty;
  }

  Answer answer(Request request) {
    if (!("Token token=" + FakePagerDuty.API_TOKEN).equals(request.header("Authorization"))) {
      return error(401, 2006, "Unauthorized: the token is missing or wrong");
    }
    boolean writes = !request.method().equals("GET");
    String from = request.header("From");
    if (writes && (from == null || !from.contains("@"))) {
      return error(400, 1008, "You must provide a From header with the email of a valid user");
    }
    String[] path = request.path().substring(1).split("/");
    if (!path[0].equals("incidents")) {
      return error(404, 2100, "Not Found");
    }
    return switch (request.method() + path.length) {
      case "GET1" -> list(request);
      case "GET2" -> one(path[1]);
      case "PUT2" -> update(path[1], body(request));
      case "GET3" ->
          switch (path[2]) {
            case "notes" -> notes(path[1]);
            case "alerts" -> alerts(path[1]);
            default -> notFound();
          };
      case "POST3" -> path[2].equals("notes") ? note(path[1], body(request), from) : notFound();
      default -> notFound();
    };
  }

  private Answer list(Request request) {
    Map<String, List<String>> query = request.query();
    List<String> keys = query.getOrDefault("incident_key", List.of());
    List<String> statuses = query.getOrDefault("statuses[]", List.of());
    List<PagerDutyIncident> found =
        pagerDuty.incidents().stream()
            .filter(i -> keys.isEmpty() || keys.contains(i.dedupKey()))
            .filter(i -> statuses.isEmpty() || statuses.contains(status(i)))
            .toList();
    int limit = number(query, "limit", 25);
    int offset = number(query, "offset", 0);
    return Answer.json(
        200,
        Map.of(
            "incidents",
            found.stream().skip(offset).limit(limit).map(this::shown).toList(),
            "limit",
            limit,
            "offset",
            offset,
            "more",
            found.size() > offset + limit));
  }

  private Answer one(String id) {
    PagerDutyIncident incident = pagerDuty.incident(id);
    return incident == null ? notFound() : Answer.json(200, Map.of("incident", shown(incident)));
  }

  private Answer update(String id, JsonNode body) {
    PagerDutyIncident incident = pagerDuty.incident(id);
    if (incident == null) {
      return notFound();
    }
    switch (body.path("incident").path("status").asString("")) {
      case "acknowledged" ->
          pagerDuty.change(
              id, PagerDutyIncident.Status.ACKNOWLEDGED, "acknowledged over REST", "REST");
      case "resolved" ->
          pagerDuty.change(id, PagerDutyIncident.Status.RESOLVED, "resolved over REST", "REST");
      default -> {
        return error(400, 2001, "Invalid Input Provided: status");
      }
    }
    return one(id);
  }

  private Answer notes(String id) {
    PagerDutyIncident incident = pagerDuty.incident(id);
    return incident == null
        ? notFound()
        : Answer.json(
            200,
            Map.of(
                "notes", incident.notes().stream().map(text -> Map.of("content", text)).toList()));
  }

  private Answer alerts(String id) {
    PagerDutyIncident incident = pagerDuty.incident(id);
    return incident == null
        ? notFound()
        : Answer.json(
            200,
            Map.of("alerts", List.of(Map.of("id", "PALERT1", "alert_key", incident.dedupKey()))));
  }

  private Answer note(String id, JsonNode body, @Nullable String from) {
    String text = body.path("note").path("content").asString("");
    if (pagerDuty.incident(id) == null) {
      return notFound();
    }
    if (text.isBlank()) {
      return error(400, 2001, "Invalid Input Provided: content cannot be empty");
    }
    pagerDuty.note(id, text, String.valueOf(from));
    return Answer.json(
        200,
        Map.of(
            "note",
            Map.of(
                "id", "PNOTE1", "content", text, "user", Map.of("summary", String.valueOf(from)))));
  }

  private static JsonNode body(Request request) {
    try {
      return request.json();
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private Map<String, Object> shown(PagerDutyIncident incident) {
    Map<String, Object> changedBy = changedBy(incident.log().getLast());
    boolean acknowledged = incident.status() == PagerDutyIncident.Status.ACKNOWLEDGED;
    Map<String, Object> shown = new HashMap<>();
    shown.put("id", incident.id());
    shown.put("type", "incident");
    shown.put("incident_number", incident.number());
    shown.put("incident_key", pagerDuty.hidesKeys() ? null : incident.dedupKey());
    shown.put("title", incident.summary());
    shown.put("status", status(incident));
    shown.put("created_at", incident.openedAt().toString());
    shown.put(
        "acknowledgements", acknowledged ? List.of(Map.of("acknowledger", changedBy)) : List.of());
    shown.put("last_status_change_by", changedBy);
    shown.put("last_status_change_at", incident.changedAt().toString());
    return shown;
  }

  /** A person when the log says one, else the service that events come to. */
  private static Map<String, Object> changedBy(String logged) {
    int at = logged.indexOf(" by ");
    return at < 0
        ? Map.of("type", "service_reference", "summary", "Default service")
        : Map.of("type", "user_reference", "summary", logged.substring(at + 4));
  }

  private static String status(PagerDutyIncident incident) {
    return incident.status().name().toLowerCase(Locale.ROOT);
  }

  private static int number(Map<String, List<String>> query, String name, int otherwise) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.isEmpty() ? otherwise : Integer.parseInt(values.getFirst());
  }

  private static Answer notFound() {
    return error(404, 2100, "Not Found");
  }

  private static Answer error(int status, int code, String message) {
    return Answer.json(
        status,
        Map.of("error", Map.of("message", message, "code", code, "errors", List.of(message))));
  }
}
