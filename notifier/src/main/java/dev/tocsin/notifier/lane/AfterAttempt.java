// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.channel.LaneProfile.AfterUnknown;
import dev.tocsin.schemas.attempt.Attempt.Mode;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.delivery.Delivery.Status;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What follows an attempt: the end, a rest before another, or a look at what became of it.
 *
 * @param countedSince since when time has been counted without a gap
 */
record AfterAttempt(
    LaneDelivery delivery, Stage.InFlight attempt, LaneProfile profile, Instant countedSince) {

  /** The fault was ours, so the delivery's schedule does not pay for it. */
  private static final Duration AFTER_NOT_STARTED = Duration.ofSeconds(5);

  private static final Duration AFTER_NO_ENDPOINT = Duration.ofSeconds(5);

  /** The delivery over, or resting. */
  LaneDelivery decide(Outcome outcome, Instant now) {
    return switch (outcome) {
      case Outcome.Delivered o -> delivery.over(Status.DELIVERED, o.receipt(), "", now);
      case Outcome.GiveUp o when o.reason() == Reason.NO_ENDPOINT -> noEndpoint(o.detail(), now);
      case Outcome.GiveUp o -> dead(say(o.reason(), o.detail()), now);
      case Outcome.TryAgain o when o.reason() == Reason.NOT_STARTED ->
          rest(attempt.mode(), now.plus(AFTER_NOT_STARTED), say(o.reason(), o.detail()));
      case Outcome.TryAgain o when attempt.mode() == Mode.PROBE ->
          lookAgain(o.reason(), say(o.reason(), o.detail()), now);
      case Outcome.TryAgain o -> tryAgain(say(o.reason(), o.detail()), o.after(), now);
      case Outcome.Unknown o when attempt.mode() == Mode.PROBE ->
          lookAgain(o.reason(), say(o.reason(), o.detail()), now);
      case Outcome.Unknown o -> unknown(o.reason(), say(o.reason(), o.detail()), now);
      case Outcome.Absent _ -> absent("looked, and it had not happened", now);
    };
  }

  /** A worker may hear of an endpoint a little later than the lane, and is asked twice. */
  private LaneDelivery noEndpoint(String why, Instant now) {
    if (delivery.failures() > 0) {
      return delivery.over(Status.CANCELLED, null, why, now);
    }
    return delivery
        .counting(1, delivery.looks(), delivery.unknownSince())
        .failed(new Stage.Resting(attempt.mode(), now.plus(AFTER_NO_ENDPOINT)), why);
  }

  private LaneDelivery tryAgain(String why, @Nullable Duration after, Instant now) {
    int failures = delivery.failures() + 1;
    Duration pause = Retry.pause(profile.schedule(), failures, attempt.attemptId(), after);
    LaneDelivery counted = delivery.counting(failures, 0, delivery.unknownSince());
    return pause == null
        ? counted.over(Status.DEAD, null, "given up after the last try: " + why, now)
        : counted.failed(new Stage.Resting(Mode.SEND, now.plus(pause)), why);
  }

  private LaneDelivery unknown(Reason reason, String why, Instant now) {
    int failures = delivery.failures() + 1;
    LaneDelivery counted = delivery.counting(failures, 0, now);
    if (profile.afterUnknown() == AfterUnknown.PROBE) {
      Instant look = now.plus(Retry.LADDER.getFirst());
      return counted.failed(new Stage.Resting(Mode.PROBE, look), why);
    }
    Duration pause = Retry.pause(profile.schedule(), failures, attempt.attemptId(), null);
    if (pause == null) {
      return counted.over(Status.DEAD, null, "given up, and it may have happened: " + why, now);
    }
    // Nobody has heard the endpoint fail, and whoever asked it will not any more.
    Duration rest = reason.isSilence() ? Duration.ZERO : pause;
    return counted.failed(new Stage.Resting(Mode.SEND, now.plus(rest)), why);
  }

  /**
   * A look that told nothing. The ladder outlasts a search index that lags behind; when it ends and
   * the endpoint still does not know of it, it did not happen. Whoever took over on the way looks
   * on for as long as the whole ladder: what came before was counted by another clock. An endpoint
   * that could not be asked is asked on, at the pauses of the schedule.
   */
  private LaneDelivery lookAgain(Reason reason, String why, Instant now) {
    int looks = delivery.looks() + 1;
    LaneDelivery counted = delivery.counting(delivery.failures(), looks, delivery.unknownSince());
    if (looks < Retry.LADDER.size()) {
      return counted.failed(new Stage.Resting(Mode.PROBE, now.plus(Retry.LADDER.get(looks))), why);
    }
    if (reason == Reason.NOT_FOUND && countedSince.plus(Retry.WHOLE_LADDER).isAfter(now)) {
      return counted.failed(new Stage.Resting(Mode.PROBE, now.plus(Retry.LADDER.getLast())), why);
    }
    if (reason == Reason.NOT_FOUND) {
      return absent("looked " + looks + " times, and it had not happened", now);
    }
    int beyond = looks - Retry.LADDER.size() + 1;
    Duration pause = Retry.pause(profile.schedule(), beyond, attempt.attemptId(), null);
    return pause == null
        ? counted.over(
            Status.DEAD, null, "it may have happened, and nobody could look: " + why, now)
        : counted.failed(
            new Stage.Resting(Mode.PROBE, now.plus(Retry.within(Retry.LADDER.getLast(), pause))),
            why);
  }

  private LaneDelivery absent(String why, Instant now) {
    LaneDelivery counted = delivery.counting(delivery.failures(), 0, null);
    return delivery.failures() > profile.schedule().size()
        ? counted.over(Status.DEAD, null, "given up after the last try: " + why, now)
        : counted.failed(new Stage.Resting(Mode.SEND, now), why);
  }

  private LaneDelivery dead(String why, Instant now) {
    return delivery.over(Status.DEAD, null, why, now);
  }

  private LaneDelivery rest(Mode mode, Instant until, String why) {
    return delivery.failed(new Stage.Resting(mode, until), why);
  }

  private static String say(Reason reason, String detail) {
    return detail.isEmpty() ? reason.name() : reason.name() + ": " + detail;
  }
}
