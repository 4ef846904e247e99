// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.llm;

import java.util.List;
import java.util.Map;

/** How a model answers one request. */
public sealed interface Answer {

  /** It says something; streamed when the request asks for a stream. */
  record Says(String text) implements Answer {}

  /** It wants tools called. */
  record Calls(List<ToolCall> calls) implements Answer {}

  /** It accepts the request and never answers, until the server is closed. */
  record Hangs() implements Answer {}

  /** It begins a stream, and then says no more. */
  record Stalls(String text) implements Answer {}

  /** It refuses with an HTTP status. */
  record Refuses(int status, String body, Map<String, String> headers) implements Answer {}

  /** It answers 200 with bytes that are no chat completion. */
  record Babbles(String body) implements Answer {}

  /**
   * A tool the model wants called.
   *
   * @param arguments JSON, or not
   */
  record ToolCall(String name, String arguments) {}

  static Answer says(String text) {
    return new Says(text);
  }

  static Answer calls(String tool, String arguments) {
    return new Calls(List.of(new ToolCall(tool, arguments)));
  }

  static Answer refuses(int status) {
    return new Refuses(
        status,
        "{\"error\":{\"message\":\"refused by test\",\"type\":\"server_error\"}}",
        status == 429 ? Map.of("Retry-After", "30") : Map.of());
  }
}
