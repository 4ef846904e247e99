// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import dev.tocsin.testkit.receiver.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The methods that write: {@code chat.*}. */
final class ChatApi {

  /** Longer text is cut, and nobody is told. */
  private static final int LONGEST_TEXT = 40_000;

  private final Workspace workspace;
  private final MessageJson json;
  private final Pace pace;

  ChatApi(Workspace workspace, MessageJson json, Pace pace) {
    this.workspace = workspace;
    this.json = json;
    this.pace = pace;
  }

  Answer post(Arguments arguments, Instant now) {
    Conversation to = workspace.withIdOrName(arguments.required("channel"));
    pace.take(to.id(), now);
    to.writable();
    String text = text(arguments);
    JsonNode given = blocks(arguments);
    JsonNode blocks = given == null ? JsonMapper.shared().createArrayNode() : given;
    if (text.isBlank() && blocks.isEmpty()) {
      throw Refusal.of("no_text");
    }
    String thread = thread(arguments, to);
    SlackMessage posted =
        new SlackMessage(
            to.id(),
            workspace.nextTs(now),
            thread,
            thread != null && arguments.isSet("reply_broadcast"),
            FakeSlack.BOT,
            text,
            blocks,
            metadata(arguments),
            List.of());
    workspace.keep(posted);
    return Answer.json(
        200,
        Map.of(
            "ok",
            true,
            "channel",
            posted.channel(),
            "ts",
            posted.ts(),
            "message",
            json.shown(posted, true)));
  }

  /** What the call does not name stays as it was, but for the text beside new blocks. */
  Answer update(Arguments arguments, Instant now) {
    Conversation in = workspace.withId(arguments.required("channel"));
    String ts = arguments.required("ts");
    in.writable();
    SlackMessage before =
        workspace.message(in.id(), ts).orElseThrow(() -> Refusal.of("message_not_found"));
    if (!before.isByBot()) {
      throw Refusal.of("cant_update_message");
    }
    String text = text(arguments);
    JsonNode blocks = blocks(arguments);
    if (text.isBlank() && (blocks == null || blocks.isEmpty())) {
      throw Refusal.of("no_text");
    }
    SlackMessage after =
        before.edited(
            now,
            text,
            blocks == null ? before.blocks() : blocks,
            arguments.has("metadata") ? metadata(arguments) : before.metadata());
    workspace.keep(after);
    return Answer.json(
        200,
        Map.of(
            "ok",
            true,
            "channel",
            after.channel(),
            "ts",
            after.ts(),
            "text",
            after.text(),
            "message",
            json.shown(after, true)));
  }

  /** Null when it is no reply. */
  private @Nullable String thread(Arguments arguments, Conversation in) {
    String thread = arguments.text("thread_ts");
    if (thread.isEmpty()) {
      return null;
    }
    if (!workspace.isThread(in.id(), thread)) {
      throw Refusal.of("thread_not_found");
    }
    return thread;
  }

  private static String text(Arguments arguments) {
    String text = arguments.text("text");
    return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
  }

  /** Null when the call has none. */
  private static @Nullable JsonNode blocks(Arguments arguments) {
    JsonNode blocks = arguments.json("blocks", "invalid_blocks_format");
    if (blocks == null) {
      return null;
    }
    if (!blocks.isArray()) {
      throw Refusal.of("invalid_blocks_format");
    }
    List<String> faults = BlockRules.faults(blocks);
    if (!faults.isEmpty()) {
      throw Refusal.of("invalid_blocks", faults);
    }
    if (blocks.toString().length() > BlockRules.LONGEST) {
      throw Refusal.of("msg_blocks_too_long");
    }
    return identified(blocks);
  }

  private static JsonNode identified(JsonNode blocks) {
    JsonNode identified = blocks.deepCopy();
    int number = 0;
    for (JsonNode block : identified) {
      number++;
      if (!block.has("block_id")) {
        ((ObjectNode) block).put("block_id", "slack-" + number);
      }
    }
    return identified;
  }

  /** Null when the call has none, or takes it away. */
  private static @Nullable JsonNode metadata(Arguments arguments) {
    JsonNode metadata = arguments.json("metadata", "invalid_metadata_format");
    if (metadata == null || (metadata.isObject() && metadata.isEmpty())) {
      return null;
    }
    if (metadata.path("event_type").asString("").isEmpty()
        || !metadata.path("event_payload").isObject()) {
      throw Refusal.of("invalid_metadata_format");
    }
    return metadata;
  }
}
