// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.slack;

import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.notifier.channel.call.Status;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import java.time.Duration;
import java.time.Instant;

/** What Slack's refusals come to. It says most of them with a status of 200. */
final class SlackOutcome {

  /** People need a while to replace a token, or to invite the app to a channel. */
  private static final Duration UNTIL_SOMEBODY_ACTS = Duration.ofMinutes(5);

  private SlackOutcome() {}

  /** Whether the call was answered and did what it was for. */
  static boolean isOk(Reply reply) {
    return reply instanceof Reply.Answered answered
        && answered.status() == Status.TAKEN
        && answered.json().path("ok").asBoolean(false);
  }

  /** Slack's word for why it refused; empty when that is not what it did. */
  static String error(Reply reply) {
    return reply instanceof Reply.Answered answered
        ? answered.json().path("error").asString("")
        : "";
  }

  /** Whether it made nothing of the blocks. */
  static boolean isOfBlocks(Reply reply) {
    return switch (error(reply)) {
      case "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long" -> true;
      default -> false;
    };
  }

  /** Of a call that only reads. What people wrote is in its answer, so that is not shown. */
  static Outcome ofReading(Reply reply, Instant now) {
    return reply instanceof Reply.Answered answered
            && answered.status() == Status.TAKEN
            && error(reply).isEmpty()
        ? new Outcome.TryAgain(
            Reason.SERVER_ERROR,
            "%d and what is no JSON: %d bytes were read"
                .formatted(answered.code(), answered.body().length),
            null)
        : ofRepeatable(reply, now);
  }

  /** Of a call that may be made twice, and was not answered with ok. */
  static Outcome ofRepeatable(Reply reply, Instant now) {
    return switch (reply) {
      case Reply.NotSent notSent -> notSent.outcome();
      case Reply.Lost lost -> new Outcome.TryAgain(lost.reason(), lost.detail(), null);
      case Reply.Answered answered when answered.status() == Status.TAKEN -> refused(answered, now);
      case Reply.Answered answered -> ofStatus(answered, now);
    };
  }

  /** Of a call that has an effect each time it is made, and was not answered with ok. */
  static Outcome ofOnceOnly(Reply reply, Instant now) {
    return switch (reply) {
      case Reply.Lost lost -> lost.outcome();
      case Reply.Answered answered when answered.status() == Status.BROKEN ->
          new Outcome.Unknown(Reason.SERVER_ERROR, answered.shown());
      case Reply.Answered answered when mayHaveHappened(answered) ->
          new Outcome.Unknown(Reason.SERVER_ERROR, answered.shown());
      case Reply.Answered _, Reply.NotSent _ -> ofRepeatable(reply, now);
    };
  }

  /** Slack's own words: some aspect of the operation may have succeeded. */
  private static boolean mayHaveHappened(Reply.Answered answered) {
    return answered.status() == Status.TAKEN
        && switch (error(answered)) {
          case "internal_error", "fatal_error", "request_timeout", "" -> true;
          default -> false;
        };
  }

  private static Outcome ofStatus(Reply.Answered answered, Instant now) {
    return switch (answered.status()) {
      case NOT_NOW -> answered.tryAgain(Reason.RATE_LIMITED, now);
      case UNAVAILABLE, BROKEN, TAKEN, CONFLICT -> answered.tryAgain(Reason.SERVER_ERROR, now);
      case UNAUTHORIZED -> answered.tryAgain(Reason.UNAUTHORIZED, now);
      case REDIRECTED -> answered.tryAgain(Reason.REDIRECTED, now);
      case NOT_FOUND, GONE -> answered.tryAgain(Reason.NOT_FOUND, now);
      case REFUSED -> answered.giveUp(Reason.BAD_REQUEST);
    };
  }

  private static Outcome refused(Reply.Answered answered, Instant now) {
    String error = error(answered);
    return switch (error) {
      case "ratelimited", "rate_limited", "message_limit_exceeded" ->
          answered.tryAgain(Reason.RATE_LIMITED, now);
      case "not_authed",
          "invalid_auth",
          "account_inactive",
          "token_expired",
          "token_revoked",
          "no_permission",
          "not_allowed_token_type",
          "missing_scope",
          "access_denied",
          "ekm_access_denied",
          "org_login_required",
          "two_factor_setup_required",
          "team_access_not_granted",
          "enterprise_is_restricted",
          "accesslimited" ->
          later(Reason.UNAUTHORIZED, error);
      case "channel_not_found",
          "not_in_channel",
          "is_archived",
          "restricted_action",
          "restricted_action_read_only_channel" ->
          later(Reason.NOT_FOUND, error);
      case "message_not_found", "thread_not_found" ->
          new Outcome.GiveUp(Reason.NO_ENDPOINT, "somebody took the post away: " + error);
      case "cant_update_message", "edit_window_closed" ->
          new Outcome.GiveUp(Reason.NO_ENDPOINT, "the post cannot be changed any more: " + error);
      case "internal_error",
          "fatal_error",
          "request_timeout",
          "service_unavailable",
          "team_added_to_org",
          "external_channel_migrating",
          "" ->
          answered.tryAgain(Reason.SERVER_ERROR, now);
      default -> answered.giveUp(Reason.BAD_REQUEST);
    };
  }

  private static Outcome later(Reason reason, String error) {
    return new Outcome.TryAgain(reason, error, UNTIL_SOMEBODY_ACTS);
  }
}
