// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import dev.tocsin.testkit.callback.WebhookSender;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Tells of pressed buttons, each once. */
final class Interactions {

  private final WebhookSender sender;
  private final URI slack;
  private int told;

  Interactions(WebhookSender sender, URI slack) {
    this.sender = sender;
    this.slack = slack;
  }

  void tell(
      SlackMessage message,
      Map<String, Object> shown,
      SlackMessage.Button button,
      Conversation in,
      String person,
      Instant at) {
    told++;
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("type", "block_actions");
    payload.put(
        "user",
        Map.of(
            "id",
            MessageJson.userId(person),
            "username",
            person,
            "name",
            person,
            "team_id",
            MessageJson.TEAM));
    payload.put("api_app_id", MessageJson.APP_ID);
    payload.put("token", "fake-verification-token");
    payload.put("container", container(message));
    payload.put("trigger_id", "%d.%d.fake".formatted(at.toEpochMilli(), told));
    payload.put("team", Map.of("id", MessageJson.TEAM, "domain", "fake"));
    payload.put("channel", Map.of("id", in.id(), "name", in.name()));
    payload.put("message", shown);
    payload.put("state", Map.of("values", Map.of()));
    payload.put("response_url", slack + "/actions/" + MessageJson.TEAM + '/' + told);
    payload.put("actions", List.of(action(button, at)));
    String timestamp = String.valueOf(at.getEpochSecond());
    sender.sendForm(
        Map.of("X-Slack-Request-Timestamp", timestamp),
        "v0:" + timestamp + ':',
        Map.of("payload", JsonMapper.shared().writeValueAsString(payload)));
  }

  private static Map<String, Object> container(SlackMessage message) {
    Map<String, Object> container = new LinkedHashMap<>();
    container.put("type", "message");
    container.put("message_ts", message.ts());
    container.put("channel_id", message.channel());
    container.put("is_ephemeral", false);
    if (message.threadTs() != null) {
      container.put("thread_ts", message.threadTs());
    }
    return container;
  }

  private static Map<String, Object> action(SlackMessage.Button button, Instant at) {
    Map<String, Object> action = new LinkedHashMap<>();
    action.put("type", "button");
    action.put("block_id", button.blockId());
    for (String name : List.of("action_id", "text", "value", "style")) {
      if (button.element().has(name)) {
        action.put(name, button.element().get(name));
      }
    }
    action.put("action_ts", Ts.of(Ts.micros(at)));
    return action;
  }
}
