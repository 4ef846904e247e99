// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.notifier.channel.LaneProfile.Patience;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Since when an endpoint has taken nothing. Unlike a {@link Breaker}, which asks whether it answers
 * at all, this asks whether anything is ever delivered there.
 *
 * @param since the first failure after the last delivery
 * @param attempts that failed since
 * @param givenUpAt when the endpoint was given up for it; null when it was not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Failing(Instant since, int attempts, @Nullable Instant givenUpAt) {

  /** Attempts that were under way when it was given up; later ones are of a new beginning. */
  private static final Duration AFTERMATH = Duration.ofMinutes(1);

  /** What follows an attempt; null while all is well. */
  static @Nullable Failing after(@Nullable Failing before, Outcome outcome, Instant now) {
    return switch (outcome) {
      case Outcome.Delivered _ -> null;
      case Outcome.Absent _ -> before;
      case Outcome.TryAgain o -> after(before, o.reason(), now);
      case Outcome.Unknown o -> after(before, o.reason(), now);
      case Outcome.GiveUp o -> after(before, o.reason(), now);
    };
  }

  private static @Nullable Failing after(@Nullable Failing before, Reason reason, Instant now) {
    return switch (reason) {
      // It was not asked, or nobody heard the answer.
      case LEASE_EXPIRED, WORKER_ENDED, NOT_STARTED, NEED_FAILED, NO_ENDPOINT -> before;
      case TIMEOUT,
          BROKEN_OFF,
          UNREACHABLE,
          RATE_LIMITED,
          SERVER_ERROR,
          BAD_REQUEST,
          UNAUTHORIZED,
          NOT_FOUND,
          GONE,
          REDIRECTED,
          FORBIDDEN_ADDRESS ->
          before == null || before.isPast(now)
              ? new Failing(now, 1, null)
              : new Failing(before.since(), before.attempts() + 1, before.givenUpAt());
    };
  }

  private boolean isPast(Instant now) {
    return givenUpAt != null && now.isAfter(givenUpAt.plus(AFTERMATH));
  }

  Failing givenUp(Instant now) {
    return new Failing(since, attempts, now);
  }

  /** Why the endpoint is to be given up; null when it is not, or was before. */
  @Nullable String whyGiveUp(Patience patience, Outcome outcome, Instant now) {
    if (givenUpAt != null) {
      return null;
    }
    if (outcome instanceof Outcome.GiveUp o && o.reason() == Reason.GONE) {
      return "it says that it is gone for good (410)";
    }
    boolean longEnough = !since.plus(patience.failing()).isAfter(now);
    return longEnough && attempts >= patience.attempts()
        ? "nothing was delivered since %s, in %d attempts".formatted(since, attempts)
        : null;
  }
}
