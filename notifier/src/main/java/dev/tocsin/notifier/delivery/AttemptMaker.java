// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.delivery;

import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.ChannelCatalog;
import dev.tocsin.notifier.channel.Made;
import dev.tocsin.schemas.Cut;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one attempt, and always has a result.
 *
 * <p>An attempt is started within the first third of its lease or not at all, so that it cannot
 * still run when the lane makes the next one: a channel's own time limit is at most half of its
 * lease, and the rest is for clocks that differ.
 */
final class AttemptMaker {

  private static final Logger LOG = LoggerFactory.getLogger(AttemptMaker.class);
  private static final int LONGEST_DETAIL = 500;

  private final ChannelCatalog channels;
  private final InstantSource clock;

  AttemptMaker(ChannelCatalog channels, InstantSource clock) {
    this.channels = channels;
    this.clock = clock;
  }

  AttemptResult make(Attempt attempt) {
    Instant startedAt = clock.instant();
    Made made =
        startedAt.isAfter(startBy(attempt))
            ? shownNothing(
                new Outcome.TryAgain(
                    Reason.NOT_STARTED, "a worker saw it only at " + startedAt, null))
            : call(attempt);
    return result(attempt, made, startedAt);
  }

  /** Of an attempt that a process began, which was killed before it said what came of it. */
  AttemptResult cutOff(Attempt attempt) {
    Outcome unknown =
        new Outcome.Unknown(Reason.WORKER_ENDED, "the process ended while it was under way");
    return result(attempt, shownNothing(unknown), attempt.issuedAt());
  }

  private AttemptResult result(Attempt attempt, Made made, Instant startedAt) {
    return new AttemptResult(
        attempt.id(),
        attempt.notification().id(),
        attempt.notification().endpoint(),
        attempt.n(),
        attempt.mode(),
        cut(made.outcome()),
        startedAt,
        clock.instant(),
        made.exchange());
  }

  private static Instant startBy(Attempt attempt) {
    Duration lease = Duration.between(attempt.issuedAt(), attempt.leaseUntil());
    return attempt.issuedAt().plus(lease.dividedBy(3));
  }

  private Made call(Attempt attempt) {
    String endpoint = attempt.notification().endpoint();
    Channel channel = channels.find(endpoint);
    if (channel == null) {
      return shownNothing(new Outcome.GiveUp(Reason.NO_ENDPOINT, channels.whyAbsent(endpoint)));
    }
    try {
      return channel.make(attempt);
    } catch (RuntimeException | Error e) {
      LOG.error("{}: channel {} failed", attempt.id(), channel.name(), e);
      return shownNothing(new Outcome.Unknown(Reason.BROKEN_OFF, "the channel failed: " + e));
    }
  }

  private static Made shownNothing(Outcome outcome) {
    return new Made(outcome, null);
  }

  /** A result is kept ten times over and read by people. */
  private static Outcome cut(Outcome outcome) {
    return switch (outcome) {
      case Outcome.TryAgain o ->
          new Outcome.TryAgain(o.reason(), Cut.to(LONGEST_DETAIL, o.detail()), o.after());
      case Outcome.Unknown o -> new Outcome.Unknown(o.reason(), Cut.to(LONGEST_DETAIL, o.detail()));
      case Outcome.GiveUp o -> new Outcome.GiveUp(o.reason(), Cut.to(LONGEST_DETAIL, o.detail()));
      case Outcome.Delivered o -> new Outcome.Delivered(Cut.to(LONGEST_DETAIL, o.receipt()));
      case Outcome.Absent _ -> outcome;
    };
  }
}
