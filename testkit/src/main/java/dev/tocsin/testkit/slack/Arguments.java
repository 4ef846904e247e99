// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import dev.tocsin.testkit.receiver.Request;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The arguments of a call, from its JSON, its form, or its query. */
record Arguments(JsonNode values) {

  private static final JsonMapper JSON = JsonMapper.shared();

  static Arguments of(Request request) {
    if (!request.method().equals("POST")) {
      return of(request.query());
    }
    String type = Objects.requireNonNullElse(request.header("Content-Type"), "");
    if (type.startsWith("application/json")) {
      return new Arguments(object(request));
    }
    if (type.startsWith("application/x-www-form-urlencoded")) {
      return of(request.form());
    }
    if (request.body().length == 0) {
      return of(Map.of());
    }
    throw Refusal.of(type.isEmpty() ? "missing_post_type" : "invalid_post_type");
  }

  private static JsonNode object(Request request) {
    JsonNode body;
    try {
      body = request.json();
    } catch (JacksonException e) {
      throw Refusal.of("invalid_json");
    }
    if (!body.isObject()) {
      throw Refusal.of("json_not_object");
    }
    return body;
  }

  private static Arguments of(Map<String, List<String>> fields) {
    ObjectNode values = JSON.createObjectNode();
    fields.forEach((name, several) -> values.put(name, several.getFirst()));
    return new Arguments(values);
  }

  boolean has(String name) {
    return values.hasNonNull(name);
  }

  /** Empty when it is not there. */
  String text(String name) {
    return values.path(name).asString("");
  }

  String required(String name) {
    String value = text(name);
    if (value.isEmpty()) {
      throw Refusal.of("invalid_arguments", List.of("missing required field: " + name));
    }
    return value;
  }

  boolean isSet(String name) {
    return text(name).equals("true") || text(name).equals("1");
  }

  /** A timestamp as microseconds. */
  long micros(String name, long otherwise) {
    if (text(name).isEmpty()) {
      return otherwise;
    }
    long micros = Ts.micros(text(name));
    if (micros < 0) {
      throw Refusal.of("invalid_arguments", List.of("must be a timestamp: " + name));
    }
    return micros;
  }

  /** JSON that may have come as text, as in a form; null when it is not there. */
  @Nullable JsonNode json(String name, String error) {
    if (!has(name)) {
      return null;
    }
    JsonNode value = values.path(name);
    try {
      return value.isString() ? JSON.readTree(value.asString()) : value;
    } catch (JacksonException e) {
      throw Refusal.of(error);
    }
  }
}
