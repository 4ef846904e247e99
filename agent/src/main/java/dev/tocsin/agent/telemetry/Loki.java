// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.telemetry;

import dev.tocsin.agent.guard.Masker;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Questions to a Loki. */
public final class Loki {

  private static final int MOST_LINES = 100;

  private final ReadOnly server;

  public Loki(URI base, Duration timeout, Masker masker) {
    this.server = new ReadOnly("Loki", base, null, timeout, masker);
  }

  /** A log line, and the stream it stands in. */
  public record Line(Instant at, String stream, String text) {}

  /** The last lines of a time, oldest first. */
  public List<Line> lines(String query, Instant from, Instant to)
      throws TelemetryException, InterruptedException {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("query", query);
    parameters.put("start", nanos(from));
    parameters.put("end", nanos(to));
    parameters.put("limit", Integer.toString(MOST_LINES));
    parameters.put("direction", "backward");
    JsonNode data = server.get("/loki/api/v1/query_range", parameters).path("data");
    List<Line> lines = new ArrayList<>();
    for (JsonNode result : data.path("result")) {
      String stream = labels(result.has("stream") ? result.path("stream") : result.path("metric"));
      for (JsonNode value : result.path("values")) {
        lines.add(new Line(at(value.path(0)), stream, value.path(1).asString("")));
      }
    }
    lines.sort(Comparator.comparing(Line::at));
    return lines;
  }

  private static String labels(JsonNode stream) {
    return stream
        .propertyStream()
        .map(l -> l.getKey() + '=' + l.getValue().asString(""))
        .sorted()
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** Log lines carry nanoseconds as text, metric queries seconds as numbers. */
  private static Instant at(JsonNode time) {
    if (time.isNumber()) {
      return Instant.ofEpochMilli(Math.round(time.asDouble() * 1000));
    }
    try {
      long nanos = Long.parseLong(time.asString("0"));
      return Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
    } catch (NumberFormatException e) {
      return Instant.EPOCH;
    }
  }

  private static String nanos(Instant time) {
    return time.getEpochSecond() + String.format(java.util.Locale.ROOT, "%09d", time.getNano());
  }
}
