// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import dev.tocsin.testkit.callback.WebhookSender;
import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.Exchange;
import dev.tocsin.testkit.receiver.FakeReceiver;
import dev.tocsin.testkit.receiver.Request;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays Slack with one workspace, and one bot in it. Like the vendor's, posting is not idempotent,
 * and what is refused is answered 200 with {@code "ok":false}.
 */
public final class FakeSlack extends FakeReceiver {

  public static final String TOKEN = "xoxb-fake-slack-token";

  /** Known from the start, with the bot in it; {@link #addChannel} adds more. */
  public static final String CHANNEL = "C0000OPS1";

  public static final String CHANNEL_NAME = "ops";

  /** The name of who writes with the token. */
  public static final String BOT = "tocsin";

  private static final String METHODS = "/api/";

  private final Workspace workspace = new Workspace();
  private final MessageJson json = new MessageJson(workspace);
  private final Pace pace = new Pace();
  private final ChatApi chat = new ChatApi(workspace, json, pace);
  private final ConversationsApi conversations = new ConversationsApi(workspace, json);
  private boolean isRevoked;
  private boolean hidesHistory;
  private @Nullable Interactions interactions;

  private FakeSlack(InstantSource clock) {
    super(clock);
    addChannel(CHANNEL, CHANNEL_NAME);
  }

  public static FakeSlack start() {
    return start(0);
  }

  public static FakeSlack start(int port) {
    return start(port, InstantSource.system());
  }

  public static FakeSlack start(int port, InstantSource clock) {
    FakeSlack fake = new FakeSlack(clock);
    fake.listen(port);
    return fake;
  }

  /**
   * Whether the call made its change: unlike elsewhere the status does not say so.
   *
   * @see Exchange#isTaken
   */
  public static boolean isTaken(Exchange exchange) {
    Answer answer = exchange.answer();
    return answer != null
        && JsonMapper.shared().readTree(answer.body()).path("ok").asBoolean(false);
  }

  /** Knows one more channel, with the bot in it. */
  public synchronized void addChannel(String id, String name) {
    workspace.add(new Conversation(id, name, false, true));
  }

  /**
   * Takes one message a second and channel, and so many at once, and answers 429 to more; 0 takes
   * all.
   */
  public synchronized void limitRate(int burst) {
    pace.burst(burst);
  }

  /** Refuses the token, or takes it again. */
  public synchronized void revokeToken(boolean revoked) {
    isRevoked = revoked;
  }

  /** Gives the token the scope that reading takes, as at the start, or takes it away. */
  public synchronized void allowHistory(boolean allowed) {
    hidesHistory = !allowed;
  }

  /** All messages, in the order they were written. */
  public synchronized List<SlackMessage> messages() {
    return workspace.messages();
  }

  /** All messages of a channel, replies included, in the order they were written. */
  public List<SlackMessage> messages(String channel) {
    return messages().stream().filter(message -> message.channel().equals(channel)).toList();
  }

  /** The replies to a message, oldest first. */
  public List<SlackMessage> replies(String ts) {
    return messages().stream().filter(message -> ts.equals(message.threadTs())).toList();
  }

  public synchronized SlackMessage message(String channel, String ts) {
    return workspace
        .message(channel, ts)
        .orElseThrow(() -> new IllegalArgumentException("no message " + ts + " in " + channel));
  }

  /** Tells of pressed buttons. */
  public synchronized WebhookSender sendInteractionsTo(URI receiver, String signingSecret) {
    WebhookSender sender =
        new WebhookSender(receiver, signingSecret, "X-Slack-Signature", "v0=", 1);
    interactions = new Interactions(sender, uri());
    return sender;
  }

  /** A person presses a button of a message as they see it, which may have changed since. */
  public synchronized void pressByHand(SlackMessage message, String actionId, String person) {
    if (interactions == null) {
      throw new IllegalStateException("nobody to tell: sendInteractionsTo comes first");
    }
    SlackMessage.Button button =
        message
            .button(actionId)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no button %s in %s".formatted(actionId, message.blocks())));
    interactions.tell(
        message,
        json.shown(message, false),
        button,
        workspace.withId(message.channel()),
        person,
        clock.instant());
  }

  /** A person writes a message. */
  public synchronized SlackMessage writeByHand(String channel, String person, String text) {
    SlackMessage written =
        SlackMessage.plain(
            workspace.withId(channel).id(), workspace.nextTs(clock.instant()), person, text);
    workspace.keep(written);
    return written;
  }

  /** A person deletes a message. Its replies stay, and can be replied to. */
  public synchronized void deleteByHand(SlackMessage message) {
    workspace.delete(message(message.channel(), message.ts()));
  }

  /** A person archives a channel, for good. */
  public synchronized void archiveByHand(String channel) {
    workspace.change(channel, Conversation::archived);
  }

  /** A person takes the bot out of a channel. */
  public synchronized void removeBotByHand(String channel) {
    workspace.change(channel, conversation -> conversation.withBot(false));
  }

  /** A person lets the bot into a channel again. */
  public synchronized void inviteBotByHand(String channel) {
    workspace.change(channel, conversation -> conversation.withBot(true));
  }

  @Override
  protected synchronized Answer answer(Request request) {
    if (!request.path().startsWith(METHODS)) {
      return Answer.empty(404);
    }
    try {
      return call(request.path().substring(METHODS.length()), request);
    } catch (Refusal refusal) {
      return refusal.answer();
    }
  }

  private Answer call(String method, Request request) {
    return switch (method) {
      case "auth.test" -> {
        authorize(request);
        yield self();
      }
      case "chat.postMessage" -> chat.post(authorized(request), clock.instant());
      case "chat.update" -> chat.update(authorized(request), clock.instant());
      case "conversations.history" -> conversations.history(reading(request));
      case "conversations.replies" -> conversations.replies(reading(request));
      default -> throw Refusal.of("unknown_method");
    };
  }

  private Arguments reading(Request request) {
    Arguments arguments = authorized(request);
    if (hidesHistory) {
      throw Refusal.with(
          "missing_scope", Map.of("needed", "channels:history", "provided", "chat:write"));
    }
    return arguments;
  }

  private Arguments authorized(Request request) {
    authorize(request);
    return Arguments.of(request);
  }

  private void authorize(Request request) {
    String given = request.header("Authorization");
    if (given == null || !given.startsWith("Bearer ")) {
      throw Refusal.of("not_authed");
    }
    if (isRevoked || !given.equals("Bearer " + TOKEN)) {
      throw Refusal.of("invalid_auth");
    }
  }

  private Answer self() {
    return Answer.json(
        200,
        Map.of(
            "ok",
            true,
            "url",
            uri() + "/",
            "team",
            "fake",
            "team_id",
            MessageJson.TEAM,
            "user",
            BOT,
            "user_id",
            MessageJson.userId(BOT),
            "bot_id",
            MessageJson.BOT_ID));
  }
}
