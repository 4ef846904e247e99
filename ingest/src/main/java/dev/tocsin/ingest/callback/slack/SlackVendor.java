// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.callback.slack;

import dev.tocsin.ingest.auth.Presented;
import dev.tocsin.ingest.auth.SignedTime;
import dev.tocsin.ingest.callback.Fields;
import dev.tocsin.ingest.callback.Vendor;
import dev.tocsin.ingest.source.Members;
import dev.tocsin.ingest.source.MessageReader;
import dev.tocsin.ingest.source.Unreadable;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Slack's interactions: the buttons of our posts, pressed. Each carries the mark of its post, which
 * names the incident and the epoch it was made for.
 *
 * <p>Source: https://docs.slack.dev/authentication/verifying-requests-from-slack and
 * https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
 */
public final class SlackVendor implements Vendor {

  private static final String TIME = "X-Slack-Request-Timestamp";
  private static final String PRESSED = "block_actions";
  private static final String NOBODY_NAMED = "Slack";
  private static final int MOST_ACTIONS = 25;

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public Signed signed() {
    return new Signed("X-Slack-Signature", "v0=");
  }

  @Override
  public String signedAhead(Presented request, Instant now) {
    return "v0:" + SignedTime.read(request, TIME, now) + ':';
  }

  @Override
  public Manner manner() {
    return Manner.INTERACTION;
  }

  @Override
  public List<Callback> read(byte[] body, MessageReader json, Presented request, Instant receivedAt)
      throws Unreadable {
    byte[] payload = SlackForm.field("payload", body);
    if (payload == null) {
      // A check of the certificate, or a command that somebody typed.
      return List.of();
    }
    Members interaction = json.read(payload).top();
    String type = Fields.of(interaction.find("type")).asString("");
    if (type.isEmpty()) {
      throw new Unreadable("there is no type");
    }
    List<Callback> callbacks = new ArrayList<>();
    if (type.equals(PRESSED)) {
      JsonNode actions = Fields.of(interaction.find("actions"));
      for (JsonNode action : actions.valueStream().limit(MOST_ACTIONS).toList()) {
        Change change = change(action.path("action_id").asString(""));
        if (change != null) {
          callbacks.add(callback(interaction, action, change, receivedAt));
        }
      }
    }
    return callbacks;
  }

  /** What our buttons are for; null for what is none of ours. */
  private static @Nullable Change change(String action) {
    return switch (action) {
      case "acknowledge" -> new Change.Acknowledged();
      case "resolve" -> new Change.Resolved("resolved");
      default -> null;
    };
  }

  private Callback callback(Members interaction, JsonNode action, Change change, Instant receivedAt)
      throws Unreadable {
    JsonNode container = Fields.of(interaction.find("container"));
    String channel = Fields.line(container.path("channel_id"));
    String ts = Fields.line(container.path("message_ts"));
    String mark = Fields.line(action.path("value"));
    if (channel.isEmpty() || ts.isEmpty() || mark.isEmpty()) {
      throw new Unreadable("a button " + change.type() + " without its post's place or mark");
    }
    String post = channel + ':' + ts;
    JsonNode person = Fields.of(interaction.find("user"));
    String at = Fields.line(action.path("action_ts"));
    return new Callback(
        ContentId.of("cb", name(), post, change.type(), Fields.line(person.path("id")), at),
        name(),
        post,
        mark,
        change,
        who(person),
        Fields.time(action.path("action_ts"), receivedAt),
        receivedAt);
  }

  private static String who(JsonNode person) {
    return Stream.of("username", "name", "id")
        .map(name -> Fields.line(person.path(name)))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse(NOBODY_NAMED);
  }
}
