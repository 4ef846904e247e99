// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.tool;

import dev.tocsin.agent.tool.Tool.Parameter;
import dev.tocsin.agent.tool.Tool.Refusal;
import dev.tocsin.schemas.topic.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The arguments of one call, checked against the tool's parameters. */
public final class Arguments {

  private static final int LONGEST = 4_000;
  private static final int LONGEST_VALUE = 2_000;
  private static final Duration LONGEST_SPAN = Duration.ofDays(7);
  private static final Duration OLDEST = Duration.ofDays(30);

  /** With {@link #TO}, what a tool takes that looks at a {@link #span}. */
  static final Parameter FROM =
      new Parameter("from", "ISO 8601, an hour before the end by default", false);

  static final Parameter TO = new Parameter("to", "ISO 8601, now by default", false);

  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /** A span of time. */
  public record Span(Instant from, Instant to) {

    String inWords() {
      return from + " to " + to;
    }
  }

  /** What a model wrote, if it is what the tool takes. */
  public static Arguments parse(String json, List<Parameter> parameters) throws Refusal {
    JsonNode object = object(json);
    String known = parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> argument : object.properties()) {
      JsonNode value = argument.getValue();
      if (parameters.stream().noneMatch(p -> p.name().equals(argument.getKey()))) {
        throw new Refusal("unknown argument; known are: " + known);
      }
      if (!value.isString() && !value.isNumber()) {
        throw new Refusal("argument " + argument.getKey() + " should be text");
      }
      if (value.asString().length() > LONGEST_VALUE) {
        throw new Refusal("argument " + argument.getKey() + " is longer than " + LONGEST_VALUE);
      }
      values.put(argument.getKey(), value.asString());
    }
    for (Parameter parameter : parameters) {
      if (parameter.required() && values.getOrDefault(parameter.name(), "").isBlank()) {
        throw new Refusal("argument " + parameter.name() + " is missing");
      }
    }
    return new Arguments(values);
  }

  public String text(String name) {
    return values.getOrDefault(name, "");
  }

  /** From {@code from} to {@code to}, both ISO 8601; by default the hour until now. */
  public Span span(Instant now) throws Refusal {
    Instant to = time("to", now);
    Instant from = text("from").isBlank() ? to.minus(Duration.ofHours(1)) : time("from", now);
    if (!from.isBefore(to)) {
      throw new Refusal("from should be before to, and in the past; it is now " + now);
    }
    if (Duration.between(from, to).compareTo(LONGEST_SPAN) > 0) {
      throw new Refusal("a span is at most " + LONGEST_SPAN.toDays() + " days");
    }
    return new Span(notTooOld(from, now), to);
  }

  /** A point in time; by default, and where it is still to come, now. */
  public Instant time(String name, Instant now) throws Refusal {
    String text = text(name);
    if (text.isBlank()) {
      return now;
    }
    try {
      Instant time = Instant.parse(text);
      return time.isAfter(now) ? now : notTooOld(time, now);
    } catch (DateTimeParseException e) {
      throw new Refusal(name + " should be a time like 2026-11-22T10:15:00Z");
    }
  }

  private static Instant notTooOld(Instant time, Instant now) throws Refusal {
    if (time.isBefore(now.minus(OLDEST))) {
      throw new Refusal("nothing older than " + OLDEST.toDays() + " days is looked at");
    }
    return time;
  }

  private static JsonNode object(String json) throws Refusal {
    if (json.length() > LONGEST) {
      throw new Refusal("arguments are longer than " + LONGEST);
    }
    try {
      JsonNode object = Json.MAPPER.readTree(json.isBlank() ? "{}" : json);
      if (object.isObject()) {
        return object;
      }
    } catch (JacksonException e) {
      throw new Refusal("arguments should be a JSON object");
    }
    throw new Refusal("arguments should be a JSON object");
  }
}
