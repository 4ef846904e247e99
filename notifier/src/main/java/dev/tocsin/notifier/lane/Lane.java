// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a lane knows of its endpoint as a whole. It has one size, however many deliveries there are:
 * these lie in queues beside it, of which it knows the two ends.
 *
 * @param pausedUntil the endpoint asked to be left alone until then; null when it did not
 * @param pages those that may go out and wake somebody
 * @param ready all others that may go out
 * @param pending all that are not over, oldest first, with gaps
 * @param depth how many are pending
 * @param wakeAt when the lane looks again by itself; null when nothing waits for time alone
 * @param failing null while something is delivered now and then
 * @param ended why nothing leaves it ever again, and what it holds is cancelled; null while it goes
 *     on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Lane(
    int inFlight,
    Pace pace,
    Breaker breaker,
    @Nullable Instant pausedUntil,
    Ends pages,
    Ends ready,
    Ends pending,
    int depth,
    @Nullable Instant wakeAt,
    @Nullable Failing failing,
    @Nullable String ended) {

  static final Lane EMPTY =
      new Lane(
          0,
          Pace.FULL,
          Breaker.CLOSED,
          null,
          Ends.EMPTY,
          Ends.EMPTY,
          Ends.EMPTY,
          0,
          null,
          null,
          null);

  /** Of so many that leave one is no page, if there is any: incidents are to end as well. */
  private static final int PAGES_OF = 4;

  /** The queues of what may go out. */
  enum Line {
    PAGES,
    REST
  }

  /** A lane of a state that was written before pages had a line of their own has none. */
  Lane {
    if (pages == null) {
      pages = Ends.EMPTY;
    }
  }

  /** How long an endpoint is left alone that says "too many" and not for how long. */
  static final Duration DEFAULT_PAUSE = Duration.ofSeconds(30);

  /** The two ends of a queue: where it is taken from, and where it is added to. */
  record Ends(long head, long tail) {

    static final Ends EMPTY = new Ends(0, 0);

    @JsonIgnore
    boolean isEmpty() {
      return head == tail;
    }

    Ends taken() {
      return new Ends(head + 1, tail);
    }

    Ends added() {
      return new Ends(head, tail + 1);
    }
  }

  /** Whether an attempt may go out now. */
  sealed interface Gate {
    record Open() implements Gate {}

    /** Not before then; null when it is for a result to open it. */
    record Shut(@Nullable Instant until) implements Gate {}
  }

  Gate gate(LaneProfile profile, Instant now) {
    if (inFlight >= Math.min(profile.concurrency(), Pace.atOnce(profile.perMinute()))) {
      return new Gate.Shut(null);
    }
    Instant earliest = latest(breaker.nextAt(now), pace.nextAt(profile.perMinute(), inFlight, now));
    if (pausedUntil != null) {
      earliest = latest(earliest, pausedUntil);
    }
    return earliest.isAfter(now) ? new Gate.Shut(earliest) : new Gate.Open();
  }

  Lane issued(Instant now) {
    Instant stillPaused = pausedUntil != null && pausedUntil.isAfter(now) ? pausedUntil : null;
    return new Lane(
        inFlight + 1,
        pace,
        breaker.issued(now),
        stillPaused,
        pages,
        ready,
        pending,
        depth,
        wakeAt,
        failing,
        ended);
  }

  Lane returned(LaneProfile profile, Outcome outcome, Instant now) {
    Instant paused = pausedUntil;
    if (outcome instanceof Outcome.TryAgain o && o.reason() == Reason.RATE_LIMITED) {
      Duration pause = o.after() == null ? DEFAULT_PAUSE : Retry.within(Duration.ZERO, o.after());
      paused = paused == null ? now.plus(pause) : latest(paused, now.plus(pause));
    }
    return new Lane(
        Math.max(0, inFlight - 1),
        pace.after(profile.perMinute(), now),
        breaker.after(Breaker.Sign.of(outcome), now),
        paused,
        pages,
        ready,
        pending,
        depth,
        wakeAt,
        Failing.after(failing, outcome, now),
        ended);
  }

  Ends ready(Line line) {
    return line == Line.PAGES ? pages : ready;
  }

  /** Where the next comes from; null when none may go out. */
  @Nullable Line next() {
    if (pages.isEmpty()) {
      return ready.isEmpty() ? null : Line.REST;
    }
    boolean isRestsTurn = (pages.head() + ready.head()) % PAGES_OF == PAGES_OF - 1;
    return ready.isEmpty() || !isRestsTurn ? Line.PAGES : Line.REST;
  }

  Lane withReady(Line line, Ends ends) {
    return new Lane(
        inFlight,
        pace,
        breaker,
        pausedUntil,
        line == Line.PAGES ? ends : pages,
        line == Line.REST ? ends : ready,
        pending,
        depth,
        wakeAt,
        failing,
        ended);
  }

  Lane withPending(Ends pending, int depth) {
    return new Lane(
        inFlight, pace, breaker, pausedUntil, pages, ready, pending, depth, wakeAt, failing, ended);
  }

  Lane wakingAt(@Nullable Instant wakeAt) {
    return new Lane(
        inFlight, pace, breaker, pausedUntil, pages, ready, pending, depth, wakeAt, failing, ended);
  }

  Lane failing(@Nullable Failing failing) {
    return new Lane(
        inFlight, pace, breaker, pausedUntil, pages, ready, pending, depth, wakeAt, failing, ended);
  }

  /** Whether nothing lies in its queues. */
  @JsonIgnore
  boolean isCleared() {
    return pending.isEmpty() && pages.isEmpty() && ready.isEmpty();
  }

  Lane ended(String why) {
    return new Lane(
        inFlight, pace, breaker, pausedUntil, pages, ready, pending, depth, wakeAt, failing, why);
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
