// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import dev.tocsin.testkit.receiver.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The methods that read: {@code conversations.*}. They know a channel by its id alone. */
final class ConversationsApi {

  private static final int HISTORY = 100;
  private static final int REPLIES = 999;

  private final Workspace workspace;
  private final MessageJson json;

  ConversationsApi(Workspace workspace, MessageJson json) {
    this.workspace = workspace;
    this.json = json;
  }

  /** Newest first; a reply is in it when it was broadcast. */
  Answer history(Arguments arguments) {
    Conversation in = workspace.withId(arguments.required("channel")).readable();
    Page page = Page.of(arguments, HISTORY);
    List<SlackMessage> found =
        page.newestFirst(
            workspace
                .timeline(in.id())
                .filter(message -> !message.isReply() || message.isBroadcast())
                .toList());
    return answer(found.stream().limit(page.limit()), page.rest(found), arguments);
  }

  /**
   * The head of the thread, on every page and whatever times are asked for, then its replies,
   * oldest first. Of a reply's own timestamp that reply.
   */
  Answer replies(Arguments arguments) {
    Conversation in = workspace.withId(arguments.required("channel")).readable();
    String ts = arguments.required("ts");
    SlackMessage head =
        workspace
            .timeline(in.id())
            .filter(message -> message.ts().equals(ts))
            .findFirst()
            .orElseThrow(() -> Refusal.of("thread_not_found"));
    Page page = Page.of(arguments, REPLIES);
    List<SlackMessage> found = page.oldestFirst(workspace.replies(ts));
    Stream<SlackMessage> shown = Stream.concat(Stream.of(head), found.stream().limit(page.limit()));
    return answer(shown, page.rest(found), arguments);
  }

  private Answer answer(
      Stream<SlackMessage> messages, Map<String, Object> rest, Arguments arguments) {
    boolean withMetadata = arguments.isSet("include_all_metadata");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("ok", true);
    body.put("messages", messages.map(message -> json.shown(message, withMetadata)).toList());
    body.putAll(rest);
    return Answer.json(200, body);
  }
}
