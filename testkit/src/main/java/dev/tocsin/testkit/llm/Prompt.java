// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.llm;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What a model was asked: the body of a chat completion request.
 *
 * @param apiKey what came as bearer token; empty when none did
 */
public record Prompt(JsonNode body, String apiKey) {

  private static final Pattern EVIDENCE_ID =
      Pattern.compile("\\\\?\"id\\\\?\"\\s*:\\s*\\\\?\"(e\\d+)\\\\?\"");

  public String model() {
    return body.path("model").asString("");
  }

  public boolean wantsStream() {
    return body.path("stream").asBoolean(false);
  }

  /** Whether the answer has to be an object of a given schema. */
  public boolean wantsSchema() {
    return "json_schema".equals(body.path("response_format").path("type").asString(""));
  }

  /** All that was said so far, of all roles. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (JsonNode message : body.path("messages")) {
      JsonNode content = message.path("content");
      if (content.isString()) {
        text.append(content.asString()).append('\n');
      } else {
        content.forEach(part -> text.append(part.path("text").asString("")).append('\n'));
      }
    }
    return text.toString();
  }

  public List<String> tools() {
    return body.path("tools")
        .valueStream()
        .map(tool -> tool.path("function").path("name").asString(""))
        .toList();
  }

  /** How many tool results are in it, so how far a loop of calls has come. */
  public long toolResults() {
    return body.path("messages")
        .valueStream()
        .filter(message -> "tool".equals(message.path("role").asString("")))
        .count();
  }

  /** The ids of all evidence shown so far, in order. */
  public List<String> evidenceIds() {
    return EVIDENCE_ID
        .matcher(text())
        .results()
        .map(MatchResult::group)
        .map(found -> EVIDENCE_ID.matcher(found).replaceAll("$1"))
        .distinct()
        .toList();
  }
}
