// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Messages as Slack shows them. */
final class MessageJson {

  static final String TEAM = "T0000TEAM";
  static final String BOT_ID = "B0000FAKE";
  static final String APP_ID = "A0000FAKE";

  private final Workspace workspace;

  MessageJson(Workspace workspace) {
    this.workspace = workspace;
  }

  /** Metadata is shown to those who ask for it. */
  Map<String, Object> shown(SlackMessage message, boolean withMetadata) {
    List<SlackMessage> replies = workspace.replies(message.ts());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "message");
    json.put("ts", message.ts());
    if (message.threadTs() != null) {
      json.put("thread_ts", message.threadTs());
    } else if (!replies.isEmpty()) {
      json.put("thread_ts", message.ts());
      json.put("reply_count", replies.size());
      json.put("latest_reply", replies.getLast().ts());
    }
    if (workspace.isTombstone(message)) {
      json.put("subtype", "tombstone");
      json.put("hidden", true);
      json.put("user", "USLACKBOT");
      json.put("text", "This message was deleted.");
    } else {
      fill(json, message, withMetadata);
    }
    return json;
  }

  private static void fill(Map<String, Object> json, SlackMessage message, boolean withMetadata) {
    if (message.isBroadcast()) {
      json.put("subtype", "thread_broadcast");
    }
    json.put("team", TEAM);
    json.put("user", userId(message.by()));
    if (message.isByBot()) {
      json.put("bot_id", BOT_ID);
      json.put("app_id", APP_ID);
    }
    json.put("text", message.text());
    if (!message.blocks().isEmpty()) {
      json.put("blocks", message.blocks());
    }
    if (!message.edits().isEmpty()) {
      json.put(
          "edited",
          Map.of(
              "user",
              userId(message.by()),
              "ts",
              Ts.of(Ts.micros(message.edits().getLast().at()))));
    }
    if (withMetadata && message.metadata() != null) {
      json.put("metadata", message.metadata());
    }
  }

  /** The same for the same name. */
  static String userId(String person) {
    return String.format(Locale.ROOT, "U%08X", person.hashCode());
  }
}
