// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.notifier.channel.call.Status;
import dev.tocsin.notifier.channel.jira.JiraRest;
import dev.tocsin.notifier.channel.jira.JiraSettings;
import dev.tocsin.notifier.channel.text.PlainText;
import dev.tocsin.schemas.topic.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks Jira for the tickets of incidents, fifty at once, in a bounded number of calls. */
final class JiraPoll {

  static final String TOKEN = "tocsin.jira.api-token (TOCSIN_JIRA_API_TOKEN)";
  static final int MOST_CALLS = 10;
  private static final int AT_ONCE = 50;

  /** A ticket has one label, but people copy tickets. */
  private static final int MOST_FOUND = 100;

  private static final int LONGEST_NAME = 200;
  private static final Duration EACH = Duration.ofSeconds(5);

  /** {@code 2017-01-30T18:32:14.716+0100}: Jira's offset has no colon. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");

  /** What came of it; with a fault, what came before it. */
  record Findings(List<TicketReport> reports, @Nullable Fault fault) {}

  /** What is known of a ticket's last move; null with a fault when it could not be asked. */
  record Answer(TicketReport.@Nullable Move move, @Nullable Fault fault) {}

  private final String project;
  private final JiraRest rest;
  private final HttpCalls calls;
  private final InstantSource clock;
  private final Turns turns = new Turns();

  JiraPoll(JiraSettings settings, HttpCalls calls, InstantSource clock) {
    this.project = settings.project();
    this.rest = new JiraRest(settings);
    this.calls = calls;
    this.clock = clock;
  }

  Findings ask(Collection<String> incidentIds) {
    turns.begin(Set.copyOf(incidentIds));
    List<String> turn = turns.next(incidentIds, MOST_CALLS * AT_ONCE);
    List<TicketReport> reports = new ArrayList<>();
    for (int i = 0; i < turn.size(); i += AT_ONCE) {
      List<String> some = turn.subList(i, Math.min(i + AT_ONCE, turn.size()));
      Reply reply = calls.make(rest.post("/search/jql", search(some)), EACH);
      if (!(reply instanceof Reply.Answered answered)
          || answered.status() != Status.TAKEN
          || !answered.json().path("issues").isArray()) {
        return new Findings(reports, Fault.of(reply, TOKEN, clock.instant()));
      }
      List<TicketReport> found = read(answered.json().path("issues"), some);
      Set<String> known = found.stream().map(TicketReport::incidentId).collect(Collectors.toSet());
      some.forEach(id -> take(id, known.contains(id)));
      reports.addAll(found);
    }
    return new Findings(reports, null);
  }

  private void take(String incidentId, boolean found) {
    if (found) {
      turns.found(incidentId);
    } else {
      turns.missed(incidentId);
    }
  }

  private ObjectNode search(List<String> incidentIds) {
    String labels =
        incidentIds.stream()
            .map(id -> '"' + Mark.label(id) + '"')
            .collect(Collectors.joining(", "));
    ObjectNode body =
        Json.MAPPER
            .createObjectNode()
            .put(
                "jql",
                "project = \"%s\" AND labels in (%s) ORDER BY created ASC"
                    .formatted(project, labels))
            .put("maxResults", MOST_FOUND);
    body.putArray("fields").add("labels").add("status");
    return body;
  }

  private static List<TicketReport> read(JsonNode issues, List<String> incidentIds) {
    Set<String> wanted = new HashSet<>(incidentIds);
    List<TicketReport> reports = new ArrayList<>();
    for (JsonNode issue : issues) {
      for (JsonNode label : issue.path("fields").path("labels")) {
        Mark mark = Mark.read(label.asString(""));
        if (mark != null && wanted.contains(mark.incidentId())) {
          reports.add(report(issue, mark.incidentId()));
        }
      }
    }
    return reports;
  }

  private static TicketReport report(JsonNode issue, String incidentId) {
    JsonNode status = issue.path("fields").path("status");
    return new TicketReport(
        issue.path("key").asString(""),
        incidentId,
        line(status.path("name")),
        status.path("statusCategory").path("key").asString("").equals("done"));
  }

  /** Who moved the ticket last, as it is now and not as search remembers it. */
  Answer lastMove(TicketReport ticket) {
    Reply reply =
        calls.make(
            rest.get("/issue/" + ticket.key() + "?fields=status,created&expand=changelog"), EACH);
    if (!(reply instanceof Reply.Answered answered) || answered.status() != Status.TAKEN) {
      return new Answer(null, Fault.of(reply, TOKEN, clock.instant()));
    }
    JsonNode issue = answered.json();
    String by = "";
    Instant at = time(issue.path("fields").path("created"));
    boolean moved = false;
    for (JsonNode history : issue.path("changelog").path("histories")) {
      Instant time = time(history.path("created"));
      // Of one moment the first counts: Jira lists the newest first.
      if (movesStatus(history) && (!moved || time.isAfter(at))) {
        moved = true;
        at = time;
        by = line(history.path("author").path("displayName"));
      }
    }
    return new Answer(
        new TicketReport.Move(
            report(issue, ticket.incidentId()), by.isEmpty() ? "somebody" : by, at),
        null);
  }

  private static boolean movesStatus(JsonNode history) {
    return history
        .path("items")
        .valueStream()
        .anyMatch(item -> item.path("field").asString("").equals("status"));
  }

  private static Instant time(JsonNode node) {
    try {
      return OffsetDateTime.parse(node.asString(""), TIME).toInstant();
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  private static String line(JsonNode node) {
    return PlainText.cut(PlainText.line(node.asString("")), LONGEST_NAME);
  }
}
