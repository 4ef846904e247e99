// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket, kept as one instant: the time by which it will be full again.
 *
 * <p>This is the generic cell rate algorithm of ATM networks: each attempt moves the instant on by
 * one interval, and an attempt may go when that instant is at most a burst ahead of now. A burst is
 * a twelfth of a minute's worth, so that the busiest minute has 13/12 of the pace: 119 for a pace
 * of 110, and PagerDuty refuses above 120.
 */
record Pace(Instant fullAt) {

  static final Pace FULL = new Pace(Instant.EPOCH);

  /** The earliest time at which the next attempt may go; not after now if it may go now. */
  Instant nextAt(int perMinute, Instant now) {
    return perMinute == 0 ? now : fullAt.minus(burst(perMinute));
  }

  Pace after(int perMinute, Instant now) {
    if (perMinute == 0) {
      return FULL;
    }
    Instant from = fullAt.isAfter(now) ? fullAt : now;
    return new Pace(from.plus(interval(perMinute)));
  }

  private static Duration interval(int perMinute) {
    return Duration.ofMinutes(1).dividedBy(perMinute);
  }

  /** How far ahead the instant may be when an attempt goes: one attempt less than a burst. */
  private static Duration burst(int perMinute) {
    return interval(perMinute).multipliedBy(Math.max(1, perMinute / 12) - 1);
  }
}
