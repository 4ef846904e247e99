// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.jira;

import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What Jira's refusals come to. */
final class JiraOutcome {

  /** People need a while to replace a token: a ticket should not die of it. */
  private static final Duration TOKEN_PAUSE = Duration.ofMinutes(5);

  private static final Duration CONFLICT_PAUSE = Duration.ofSeconds(2);

  private JiraOutcome() {}

  /** Of a call that changes nothing, or that may be made twice. */
  static Outcome ofRepeatable(Reply reply, Instant now) {
    return switch (reply) {
      case Reply.NotSent notSent -> notSent.outcome();
      case Reply.Lost lost -> new Outcome.TryAgain(lost.reason(), lost.detail(), null);
      case Reply.Answered answered -> ofAnswer(answered, now);
    };
  }

  /** Of a call that has an effect each time it is made: what may have happened is unknown. */
  static Outcome ofOnceOnly(Reply reply, Instant now) {
    return switch (reply) {
      case Reply.NotSent notSent -> notSent.outcome();
      case Reply.Lost lost -> lost.outcome();
      case Reply.Answered answered ->
          switch (answered.status()) {
            case TAKEN ->
                new Outcome.Unknown(Reason.BROKEN_OFF, "unreadable answer: " + answered.shown());
            case BROKEN -> new Outcome.Unknown(Reason.SERVER_ERROR, detail(answered));
            default -> ofAnswer(answered, now);
          };
    };
  }

  private static Outcome ofAnswer(Reply.Answered answered, Instant now) {
    String detail = detail(answered);
    return switch (answered.status()) {
      case TAKEN ->
          new Outcome.TryAgain(Reason.BROKEN_OFF, "unreadable answer: " + answered.shown(), null);
      case NOT_NOW -> answered.tryAgain(Reason.RATE_LIMITED, now);
      case UNAVAILABLE, BROKEN -> answered.tryAgain(Reason.SERVER_ERROR, now);
      case REDIRECTED -> answered.tryAgain(Reason.REDIRECTED, now);
      case CONFLICT -> new Outcome.TryAgain(Reason.SERVER_ERROR, detail, CONFLICT_PAUSE);
      case UNAUTHORIZED -> new Outcome.TryAgain(Reason.UNAUTHORIZED, detail, TOKEN_PAUSE);
      case NOT_FOUND, GONE -> new Outcome.GiveUp(Reason.NOT_FOUND, detail);
      case REFUSED -> new Outcome.GiveUp(Reason.BAD_REQUEST, detail);
    };
  }

  /** Jira names each faulty field; the rest of its answer helps nobody. */
  static String detail(Reply.Answered answered) {
    JsonNode body = answered.json();
    List<String> messages = new ArrayList<>();
    body.path("errorMessages").forEach(message -> messages.add(message.asString("")));
    body.path("errors")
        .forEachEntry((field, message) -> messages.add(field + ": " + message.asString("")));
    return messages.isEmpty()
        ? answered.shown()
        : answered.code() + " " + String.join("; ", messages);
  }
}
