// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Spares an endpoint that does not answer: after {@value #MOST_FAILURES} failures in a row, one
 * attempt goes through now and then to see whether it is back. The first goes after two seconds,
 * since a page may wait for it; then it is twice as long each time, up to half a minute.
 *
 * @param failures in a row
 * @param openSince null while closed
 * @param trialAt when an open breaker lets the next attempt through; null while closed
 * @param trials how many it has let through since it opened
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Breaker(int failures, @Nullable Instant openSince, @Nullable Instant trialAt, int trials) {

  static final int MOST_FAILURES = 5;
  static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  static final Breaker CLOSED = new Breaker(0, null, null, 0);

  /** After so many doublings it is longer than the longest in any case. */
  private static final int MOST_DOUBLINGS = 5;

  /** What an outcome says about the endpoint, as opposed to the delivery. */
  enum Sign {
    /** It answered. */
    ALIVE,
    /** It did not, or said that it cannot. */
    FAILING,
    /** It was not asked, or nobody heard the answer. */
    NONE;

    static Sign of(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Delivered _, Outcome.Absent _ -> ALIVE;
        case Outcome.TryAgain o -> of(o.reason());
        case Outcome.Unknown o -> of(o.reason());
        case Outcome.GiveUp o -> of(o.reason());
      };
    }

    private static Sign of(Reason reason) {
      return switch (reason) {
        case TIMEOUT, BROKEN_OFF, UNREACHABLE, SERVER_ERROR -> FAILING;
        case RATE_LIMITED, BAD_REQUEST, UNAUTHORIZED, NOT_FOUND, GONE, REDIRECTED -> ALIVE;
        case LEASE_EXPIRED,
            WORKER_ENDED,
            FORBIDDEN_ADDRESS,
            NOT_STARTED,
            NEED_FAILED,
            NO_ENDPOINT ->
            NONE;
      };
    }
  }

  @JsonIgnore
  boolean isOpen() {
    return openSince != null;
  }

  /** When the next attempt may go: now, unless open. */
  Instant nextAt(Instant now) {
    return trialAt == null ? now : trialAt;
  }

  Breaker issued(Instant now) {
    return isOpen()
        ? new Breaker(failures, openSince, now.plus(pauseAfter(trials + 1)), trials + 1)
        : this;
  }

  Breaker after(Sign sign, Instant now) {
    return switch (sign) {
      case NONE -> this;
      case ALIVE -> CLOSED;
      case FAILING -> failing(now);
    };
  }

  private Breaker failing(Instant now) {
    boolean opens = !isOpen() && failures + 1 >= MOST_FAILURES;
    return opens
        ? new Breaker(failures + 1, now, now.plus(FIRST_PAUSE), 0)
        : new Breaker(failures + 1, openSince, trialAt, trials);
  }

  private static Duration pauseAfter(int trials) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(trials, MOST_DOUBLINGS));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
