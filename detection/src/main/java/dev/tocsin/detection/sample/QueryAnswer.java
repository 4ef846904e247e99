// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.sample.SeriesId;
import dev.tocsin.schemas.sample.SeriesKind;
import dev.tocsin.schemas.topic.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The answer of Prometheus to an instant query, as samples. */
final class QueryAnswer {

  private QueryAnswer() {}

  /** An answer that cannot be used; the message says why. */
  static final class UnusableAnswerException extends Exception {

    UnusableAnswerException(String message) {
      super(message);
    }
  }

  /**
   * @param most series to take
   */
  static List<Sample> read(WatchedQuery query, byte[] body, int most)
      throws UnusableAnswerException {
    JsonNode answer;
    try {
      answer = Json.MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw new UnusableAnswerException("the answer is no JSON: " + e.getOriginalMessage());
    }
    if (!answer.path("status").asString("").equals("success")) {
      throw new UnusableAnswerException(
          "%s: %s"
              .formatted(
                  answer.path("errorType").asString("error"),
                  answer.path("error").asString("no reason given")));
    }
    JsonNode data = answer.path("data");
    String type = data.path("resultType").asString("");
    return switch (type) {
      case "vector" -> vector(query, data.path("result"), most);
      case "scalar" -> List.of(sample(query, Map.of(), data.path("result")));
      default ->
          throw new UnusableAnswerException(
              "the query yields a " + type + "; a vector or a scalar can be watched");
    };
  }

  private static List<Sample> vector(WatchedQuery query, JsonNode result, int most)
      throws UnusableAnswerException {
    if (result.size() > most) {
      throw new UnusableAnswerException(
          "the query yields %d series; at most %d are watched: narrow it"
              .formatted(result.size(), most));
    }
    List<Sample> samples = new ArrayList<>();
    for (JsonNode series : result) {
      Map<String, String> labels = new TreeMap<>();
      series
          .path("metric")
          .properties()
          .forEach(
              label -> {
                if (!label.getKey().equals("__name__")) {
                  labels.put(label.getKey(), label.getValue().asString(""));
                }
              });
      // A native histogram has no single value.
      if (series.has("value")) {
        samples.add(sample(query, labels, series.path("value")));
      }
    }
    return samples;
  }

  private static Sample sample(WatchedQuery query, Map<String, String> own, JsonNode value)
      throws UnusableAnswerException {
    if (value.size() != 2 || !value.get(0).isNumber()) {
      throw new UnusableAnswerException("a value is not [time, \"value\"]");
    }
    Instant at = Instant.ofEpochMilli(Math.round(value.get(0).asDouble() * 1000));
    Map<String, String> labels = new TreeMap<>(query.labels());
    labels.putAll(own);
    return new Sample(
        SeriesId.of(query.name(), labels),
        query.name(),
        labels,
        at,
        number(value.get(1).asString("")),
        "prometheus",
        null,
        query.kind() == SeriesKind.GAUGE ? null : query.kind(),
        query.limit());
  }

  private static double number(String text) throws UnusableAnswerException {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Double.parseDouble(text);
        } catch (NumberFormatException _) {
          throw new UnusableAnswerException("'" + text + "' is no number");
        }
      }
    };
  }
}
