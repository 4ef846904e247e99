// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.telemetry;

import dev.tocsin.agent.guard.Masker;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Questions to a Grafana: only those that change nothing. */
public final class Grafana {

  private static final int MOST = 50;

  private final ReadOnly server;

  public Grafana(URI base, @Nullable String token, Duration timeout, Masker masker) {
    this.server = new ReadOnly("Grafana", base, token, timeout, masker);
  }

  /** What people and deployments wrote on graphs in a time, a line each. */
  public List<String> annotations(Instant from, Instant to)
      throws TelemetryException, InterruptedException {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("from", Long.toString(from.toEpochMilli()));
    parameters.put("to", Long.toString(to.toEpochMilli()));
    parameters.put("limit", Integer.toString(MOST));
    List<String> lines = new ArrayList<>();
    for (JsonNode note : server.get("/api/annotations", parameters)) {
      String tags =
          note.path("tags").valueStream().map(t -> t.asString("")).collect(Collectors.joining(","));
      lines.add(
          "%s %s [%s]"
              .formatted(
                  Instant.ofEpochMilli(note.path("time").asLong(0)),
                  note.path("text").asString(""),
                  tags));
    }
    return lines;
  }

  /** The alert rules whose title or labels contain a text, a line each. */
  public List<String> alertRules(String containing)
      throws TelemetryException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (JsonNode rule : server.get("/api/v1/provisioning/alert-rules", Map.of())) {
      String line =
          "%s (uid %s, for %s, labels %s): %s"
              .formatted(
                  rule.path("title").asString(""),
                  rule.path("uid").asString(""),
                  rule.path("for").asString(""),
                  rule.path("labels"),
                  expressions(rule.path("data")));
      if (lines.size() < MOST && line.contains(containing)) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** The dashboards whose title matches a text, a line each. */
  public List<String> dashboards(String search) throws TelemetryException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (JsonNode found :
        server.get("/api/search", Map.of("query", search, "type", "dash-db", "limit", "20"))) {
      lines.add(
          "%s: %s%s"
              .formatted(
                  found.path("title").asString(""), server.base(), found.path("url").asString("")));
    }
    return lines;
  }

  private static String expressions(JsonNode queries) {
    return queries
        .valueStream()
        .map(
            q ->
                q.path("model")
                    .path("expr")
                    .asString(q.path("model").path("expression").asString("")))
        .filter(e -> !e.isBlank())
        .collect(Collectors.joining("; "));
  }
}
