// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import dev.tocsin.testkit.receiver.Visitor;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Calls the fake's methods as a bot does. In its JSON ' stands for ". */
final class Bot {

  private final Visitor visitor;

  Bot(FakeSlack slack) {
    this.visitor =
        new Visitor(
            slack,
            Map.of(
                "Authorization",
                "Bearer " + FakeSlack.TOKEN,
                "Content-Type",
                "application/json; charset=utf-8"));
  }

  JsonNode call(String method, String json) throws IOException {
    return visitor.json("POST", "/api/" + method, json.replace('\'', '"'));
  }

  JsonNode read(String method, String query) throws IOException {
    return visitor.json("GET", "/api/conversations." + method + '?' + query, "");
  }

  JsonNode history(String query) throws IOException {
    return read("history", "channel=" + FakeSlack.CHANNEL + '&' + query);
  }

  /** Of a message to the fake's own channel; the rest are further arguments. */
  JsonNode post(String text, String rest) throws IOException {
    return call(
        "chat.postMessage",
        "{'channel':'%s','text':'%s'%s}".formatted(FakeSlack.CHANNEL, text, rest));
  }

  /** The new message's ts. */
  String post(String text) throws IOException {
    return post(text, "").path("ts").asString("");
  }

  String reply(String text, String to) throws IOException {
    return post(text, ",'thread_ts':'" + to + "'").path("ts").asString("");
  }

  JsonNode update(String ts, String rest) throws IOException {
    return call(
        "chat.update", "{'channel':'%s','ts':'%s'%s}".formatted(FakeSlack.CHANNEL, ts, rest));
  }

  /** Empty when the call was taken. */
  static String error(JsonNode answer) {
    return answer.path("ok").asBoolean(false) ? "" : answer.path("error").asString("");
  }
}
