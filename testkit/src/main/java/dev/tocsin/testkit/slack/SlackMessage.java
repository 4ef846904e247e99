// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message as Slack keeps it.
 *
 * @param channel its id
 * @param ts identifies it, and says when it was written
 * @param threadTs of the message it replies to; null when it is no reply
 * @param isBroadcast whether a reply is shown in the channel as well
 * @param by the person's name, or {@link FakeSlack#BOT}
 * @param blocks an array; each has a {@code block_id}, Slack's own when none was given
 * @param metadata its {@code event_type} and {@code event_payload}
 * @param edits what it said before, oldest first
 */
public record SlackMessage(
    String channel,
    String ts,
    @Nullable String threadTs,
    boolean isBroadcast,
    String by,
    String text,
    JsonNode blocks,
    @Nullable JsonNode metadata,
    List<SlackEdit> edits) {

  /** One of text alone, as people write them. */
  static SlackMessage plain(String channel, String ts, String by, String text) {
    JsonNode none = JsonMapper.shared().createArrayNode();
    return new SlackMessage(channel, ts, null, false, by, text, none, null, List.of());
  }

  public boolean isReply() {
    return threadTs != null;
  }

  boolean isByBot() {
    return by.equals(FakeSlack.BOT);
  }

  SlackMessage edited(Instant at, String text, JsonNode blocks, @Nullable JsonNode metadata) {
    List<SlackEdit> more = new ArrayList<>(edits);
    more.add(new SlackEdit(at, this.text, this.blocks));
    return new SlackMessage(
        channel, ts, threadTs, isBroadcast, by, text, blocks, metadata, List.copyOf(more));
  }

  /** The button with that id, in a row of buttons or beside a section. */
  public Optional<Button> button(String actionId) {
    for (JsonNode block : blocks) {
      Optional<JsonNode> element =
          BlockRules.elements(block)
              .filter(e -> e.path("type").asString("").equals("button"))
              .filter(e -> e.path("action_id").asString("").equals(actionId))
              .findFirst();
      if (element.isPresent()) {
        return Optional.of(new Button(block.path("block_id").asString(""), element.get()));
      }
    }
    return Optional.empty();
  }

  /** A button and the block it is in. */
  public record Button(String blockId, JsonNode element) {}
}
