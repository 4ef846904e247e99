// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.slack;

import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.notification.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds what was posted under a mark: in the channel's history, or in a post's thread. */
final class PostSearch {

  /** How long a request may still be under way in Slack after we stopped waiting for it. */
  static final Duration SURE_AFTER = Duration.ofSeconds(30);

  /** Slack's clock and ours may be so far apart. */
  private static final Duration MARGIN = Duration.ofMinutes(10);

  private static final Duration ASK_AGAIN = Duration.ofSeconds(15);

  /** Of 200 messages each: a channel that is busier than that in so short a time is not read. */
  private static final int MOST_PAGES = 5;

  private final SlackApi api;

  PostSearch(SlackApi api) {
    this.api = api;
  }

  /** What a look came to. */
  sealed interface Found {

    /** It is there. */
    record Message(Posted at) implements Found {}

    /** It is not there, or not to be seen: without the scope nobody can look. */
    record Nothing() implements Found {}

    /** Slack did not answer. */
    record NotAsked(Outcome outcome) implements Found {}
  }

  Found post(String channel, Content.Post post, Instant plannedAt, Instant now) {
    Instant since = plannedAt.minus(MARGIN);
    return look(cursor -> api.history(channel, since, cursor), channel, post.mark(), "", now);
  }

  Found reply(Posted post, Content.PostReply reply, Instant plannedAt, Instant now) {
    Instant since = plannedAt.minus(MARGIN);
    return look(
        cursor -> api.replies(post, since, cursor),
        post.channel(),
        reply.mark(),
        reply.replyMark(),
        now);
  }

  /** What a probe that found this has to say. */
  Outcome probed(Found found, Attempt attempt) {
    return switch (found) {
      case Found.Message message -> new Outcome.Delivered(message.at().receipt());
      case Found.NotAsked notAsked -> notAsked.outcome();
      case Found.Nothing _ -> absentOrTooEarly(attempt);
    };
  }

  private static Outcome absentOrTooEarly(Attempt attempt) {
    Instant since =
        Objects.requireNonNullElse(attempt.unknownSince(), attempt.notification().plannedAt());
    return attempt.issuedAt().isBefore(since.plus(SURE_AFTER))
        ? new Outcome.TryAgain(Reason.NOT_FOUND, "not to be seen yet", ASK_AGAIN)
        : new Outcome.Absent();
  }

  private Found look(Pages pages, String channel, String mark, String reply, Instant now) {
    String cursor = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      Reply answer = pages.read(cursor);
      if (!SlackOutcome.isOk(answer)) {
        return isUnseen(SlackOutcome.error(answer))
            ? new Found.Nothing()
            : new Found.NotAsked(SlackOutcome.ofReading(answer, now));
      }
      JsonNode json = ((Reply.Answered) answer).json();
      Posted found = among(json.path("messages"), channel, mark, reply);
      if (found != null) {
        return new Found.Message(found);
      }
      cursor = json.path("response_metadata").path("next_cursor").asString("");
      if (cursor.isEmpty()) {
        break;
      }
    }
    return new Found.Nothing();
  }

  private static @Nullable Posted among(
      JsonNode messages, String channel, String mark, String reply) {
    return messages
        .valueStream()
        .filter(message -> Message.isMarked(message, mark, reply))
        .map(message -> new Posted(channel, message.path("ts").asString("")))
        .findFirst()
        .orElse(null);
  }

  /** Where nobody can look, a second message is better than none. */
  private static boolean isUnseen(String error) {
    return switch (error) {
      case "missing_scope",
          "not_in_channel",
          "channel_not_found",
          "no_permission",
          "thread_not_found",
          "message_not_found" ->
          true;
      default -> false;
    };
  }

  /** A list that Slack hands out page by page. */
  private interface Pages {
    Reply read(String cursor);
  }
}
