// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.investigation;

import dev.tocsin.schemas.topic.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a model came to, checked and cleaned: plain text of bounded length, references only to
 * evidence that exists.
 *
 * <p>There is no member for severity, status or anything else that decides: a model can say what it
 * likes about those, and it stays words.
 */
record Conclusion(
    String summary,
    @Nullable String probableCause,
    @Nullable Double confidence,
    List<String> evidence,
    List<String> nextSteps,
    List<String> followUpQuestions) {

  private static final int LONGEST_SUMMARY = 1_200;
  private static final int LONGEST_CAUSE = 600;
  private static final int LONGEST_LINE = 300;
  private static final int MOST_STEPS = 6;
  private static final int MOST_QUESTIONS = 5;
  private static final Set<String> MEMBERS =
      Set.of(
          "summary", "probableCause", "confidence", "evidence", "nextSteps", "followUpQuestions");

  /** Faults of an answer, in words that help to repair it. */
  static final class Faulty extends Exception {

    Faulty(List<String> faults) {
      super(String.join("; ", faults));
    }
  }

  /** Reads an answer. */
  static Conclusion parse(String answer, Set<String> evidenceIds, Cleaning cleaning) throws Faulty {
    JsonNode object = object(answer);
    List<String> faults = new ArrayList<>();
    if (object.path("summary").asString("").isBlank()) {
      faults.add("summary should be a text that is not empty");
    }
    for (String list : List.of("evidence", "nextSteps", "followUpQuestions")) {
      JsonNode node = object.path(list);
      if (!node.isArray() || node.valueStream().anyMatch(e -> !e.isString())) {
        faults.add(list + " should be a list of texts");
      }
    }
    JsonNode confidence = object.path("confidence");
    if (!confidence.isNumber() && !confidence.isNull() && !confidence.isMissingNode()) {
      faults.add("confidence should be a number from 0 to 1");
    }
    if (!faults.isEmpty()) {
      throw new Faulty(faults);
    }
    return read(object, evidenceIds, cleaning);
  }

  private static Conclusion read(JsonNode object, Set<String> evidenceIds, Cleaning cleaning) {
    String cause = cleaning.line(object.path("probableCause").asString(""), LONGEST_CAUSE);
    return new Conclusion(
        cleaning.line(object.path("summary").asString(""), LONGEST_SUMMARY),
        cause.isEmpty() ? null : cause,
        cause.isEmpty() ? null : clamped(object.path("confidence")),
        object
            .path("evidence")
            .valueStream()
            .map(JsonNode::asString)
            .filter(evidenceIds::contains)
            .distinct()
            .toList(),
        lines(object.path("nextSteps"), MOST_STEPS, cleaning),
        lines(object.path("followUpQuestions"), MOST_QUESTIONS, cleaning));
  }

  private static @Nullable Double clamped(JsonNode confidence) {
    double value = confidence.isNumber() ? confidence.asDouble() : Double.NaN;
    return Double.isNaN(value) ? null : Double.valueOf(Math.clamp(value, 0.0, 1.0));
  }

  /** The object in an answer, which models like to wrap in a code block or a sentence. */
  private static JsonNode object(String answer) throws Faulty {
    int from = answer.indexOf('{');
    int to = answer.lastIndexOf('}');
    if (from >= 0 && to > from) {
      try {
        JsonNode object = Json.MAPPER.readTree(answer.substring(from, to + 1));
        if (object.isObject()) {
          return object;
        }
      } catch (JacksonException e) {
        throw new Faulty(List.of("it is no JSON: " + e.getOriginalMessage()));
      }
    }
    throw new Faulty(List.of("it should be one JSON object with the members " + MEMBERS));
  }

  private static List<String> lines(JsonNode list, int most, Cleaning cleaning) {
    return list.valueStream()
        .map(e -> cleaning.line(e.asString(), LONGEST_LINE))
        .filter(line -> !line.isBlank())
        .limit(most)
        .toList();
  }
}
