// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.telemetry;

import dev.tocsin.agent.guard.Masker;
import dev.tocsin.agent.telemetry.Series.Sample;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Questions to a Prometheus, or to anything that speaks its HTTP API. */
public final class Prometheus {

  private static final int MOST_POINTS = 120;
  private static final int SHORTEST_STEP_SECONDS = 5;

  private final ReadOnly server;

  public Prometheus(URI base, Duration timeout, Masker masker) {
    this.server = new ReadOnly("Prometheus", base, null, timeout, masker);
  }

  /** The values of an expression at one time. */
  public List<Series> at(String query, Instant time)
      throws TelemetryException, InterruptedException {
    return series(
        server.get("/api/v1/query", Map.of("query", query, "time", seconds(time), "limit", "100")));
  }

  /** The values of an expression over a time, in at most {@value #MOST_POINTS} steps. */
  public List<Series> over(String query, Instant from, Instant to)
      throws TelemetryException, InterruptedException {
    long span = Math.max(1, Duration.between(from, to).toSeconds());
    long step = Math.max(SHORTEST_STEP_SECONDS, (span + MOST_POINTS - 1) / MOST_POINTS);
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("query", query);
    parameters.put("start", seconds(from));
    parameters.put("end", seconds(to));
    parameters.put("step", Long.toString(step));
    parameters.put("limit", "100");
    return series(server.get("/api/v1/query_range", parameters));
  }

  /** Where a person sees the same. */
  public String link(String query, Instant from, Instant to) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("g0.expr", query);
    parameters.put("g0.tab", "0");
    parameters.put("g0.range_input", Math.max(60, Duration.between(from, to).toSeconds()) + "s");
    parameters.put(
        "g0.end_input", to.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString());
    return server.base() + "/graph?" + ReadOnly.form(parameters);
  }

  private List<Series> series(JsonNode envelope) throws TelemetryException {
    if (!"success".equals(envelope.path("status").asString(""))) {
      throw server.complaint(envelope.path("error").asString("no success"));
    }
    List<Series> found = new ArrayList<>();
    JsonNode data = envelope.path("data");
    if (data.path("resultType").asString("").equals("scalar")) {
      return List.of(new Series(Map.of(), List.of(sample(data.path("result")))));
    }
    for (JsonNode result : data.path("result")) {
      Map<String, String> labels = new HashMap<>();
      result.path("metric").forEachEntry((name, value) -> labels.put(name, value.asString("")));
      List<Sample> samples = new ArrayList<>();
      if (result.has("value")) {
        samples.add(sample(result.path("value")));
      }
      result.path("values").forEach(value -> samples.add(sample(value)));
      found.add(new Series(labels, samples));
    }
    return found;
  }

  private static Sample sample(JsonNode pair) {
    long millis = Math.round(pair.path(0).asDouble(0) * 1000);
    return new Sample(Instant.ofEpochMilli(millis), value(pair.path(1).asString("NaN")));
  }

  private static double value(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Double.parseDouble(text);
        } catch (NumberFormatException e) {
          yield Double.NaN;
        }
      }
    };
  }

  private static String seconds(Instant time) {
    return java.math.BigDecimal.valueOf(time.toEpochMilli(), 3).toPlainString();
  }
}
