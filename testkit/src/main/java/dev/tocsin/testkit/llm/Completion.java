// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.llm;

import dev.tocsin.schemas.topic.Json;
import dev.tocsin.testkit.llm.Answer.ToolCall;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer as the protocol has it: whole, or in the chunks of a stream. */
record Completion(Prompt prompt, Answer answer) {

  private static final int LETTERS_A_CHUNK = 400;
  private static final int LETTERS_A_TOKEN = 4;

  String whole() {
    ObjectNode completion = envelope("chat.completion");
    ObjectNode choice = completion.putArray("choices").addObject().put("index", 0);
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    switch (answer) {
      case Answer.Calls calls -> {
        message.putNull("content");
        addCalls(message.putArray("tool_calls"), calls.calls());
        choice.put("finish_reason", "tool_calls");
      }
      default -> {
        message.put("content", text());
        choice.put("finish_reason", "stop");
      }
    }
    addUsage(completion);
    return completion.toString();
  }

  List<String> events() {
    List<String> events = new ArrayList<>();
    switch (answer) {
      case Answer.Calls calls -> {
        ObjectNode chunk = envelope("chat.completion.chunk");
        ObjectNode delta = delta(chunk, null);
        addCalls(delta.put("role", "assistant").putArray("tool_calls"), calls.calls());
        events.add(chunk.toString());
        events.add(end("tool_calls"));
      }
      default -> {
        String text = text();
        int size = Math.max(LETTERS_A_CHUNK, text.length() / 100);
        for (int from = 0; from < text.length(); from += size) {
          ObjectNode chunk = envelope("chat.completion.chunk");
          delta(chunk, null)
              .put("content", text.substring(from, Math.min(text.length(), from + size)));
          events.add(chunk.toString());
        }
        events.add(end("stop"));
      }
    }
    ObjectNode usage = envelope("chat.completion.chunk");
    usage.putArray("choices");
    addUsage(usage);
    events.add(usage.toString());
    return events;
  }

  private String end(String reason) {
    ObjectNode chunk = envelope("chat.completion.chunk");
    delta(chunk, reason);
    return chunk.toString();
  }

  private static ObjectNode delta(
      ObjectNode chunk, @org.jspecify.annotations.Nullable String reason) {
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.put("finish_reason", reason);
    return choice.putObject("delta");
  }

  private static void addCalls(ArrayNode array, List<ToolCall> calls) {
    int index = 0;
    for (ToolCall call : calls) {
      array
          .addObject()
          .put("index", index)
          .put("id", "call_" + index++)
          .put("type", "function")
          .putObject("function")
          .put("name", call.name())
          .put("arguments", call.arguments());
    }
  }

  private ObjectNode envelope(String kind) {
    return Json.MAPPER
        .createObjectNode()
        .put("id", "chatcmpl-fake")
        .put("object", kind)
        .put("created", 0)
        .put("model", prompt.model());
  }

  private void addUsage(ObjectNode to) {
    int asked = prompt.body().toString().length() / LETTERS_A_TOKEN;
    int said = text().length() / LETTERS_A_TOKEN + 1;
    to.putObject("usage")
        .put("prompt_tokens", asked)
        .put("completion_tokens", said)
        .put("total_tokens", asked + said);
  }

  private String text() {
    return answer instanceof Answer.Says says ? says.text() : "";
  }
}
