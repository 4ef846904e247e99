// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.slack;

import dev.tocsin.notifier.channel.call.Call;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.schemas.topic.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The methods of Slack's Web API that we use, in its own words. */
final class SlackApi {

  /** For what only reads, so that several fit into one attempt. */
  private static final Duration TO_READ = Duration.ofSeconds(5);

  private static final int PAGE = 200;

  private final SlackSettings settings;
  private final HttpCalls calls;

  SlackApi(SlackSettings settings, HttpCalls calls) {
    this.settings = settings;
    this.calls = calls;
  }

  Reply postMessage(ObjectNode message) {
    return write("chat.postMessage", message);
  }

  Reply update(ObjectNode message) {
    return write("chat.update", message);
  }

  /** What was posted since then, newest first. */
  Reply history(String channel, Instant since, String cursor) {
    return read(
        "conversations.history",
        Map.of("channel", channel, "oldest", since.getEpochSecond() + ".000000"),
        cursor);
  }

  /** The thread below a post, oldest first. */
  Reply replies(Posted post, Instant since, String cursor) {
    return read(
        "conversations.replies",
        Map.of(
            "channel",
            post.channel(),
            "ts",
            post.ts(),
            "oldest",
            since.getEpochSecond() + ".000000"),
        cursor);
  }

  private Reply write(String method, ObjectNode message) {
    return calls.make(
        Call.post(
            settings.method(method),
            Map.of(
                "Authorization",
                authorization(),
                "Content-Type",
                "application/json; charset=utf-8"),
            Json.MAPPER.writeValueAsBytes(message)));
  }

  private Reply read(String method, Map<String, String> arguments, String cursor) {
    Map<String, String> all = new TreeMap<>(arguments);
    all.put("include_all_metadata", "true");
    all.put("limit", String.valueOf(PAGE));
    if (!cursor.isEmpty()) {
      all.put("cursor", cursor);
    }
    String query =
        all.entrySet().stream()
            .map(a -> a.getKey() + '=' + URLEncoder.encode(a.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return calls.make(
        Call.get(settings.method(method + '?' + query), Map.of("Authorization", authorization())),
        TO_READ);
  }

  private String authorization() {
    return "Bearer " + settings.token();
  }
}
