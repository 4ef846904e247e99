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
 *
 * <p>The endpoint counts an attempt when it arrives, which is some time between its issue and its
 * end. So an attempt under way takes up its part of the burst, and only from its end on is that
 * given back with time: what a slow worker still holds cannot arrive together with what was saved
 * up meanwhile.
 */
record Pace(Instant fullAt) {

  static final Pace FULL = new Pace(Instant.EPOCH);

  /** How many may be under way at once. */
  static int atOnce(int perMinute) {
    return perMinute == 0 ? Integer.MAX_VALUE : Math.max(1, perMinute / 12);
  }

  /**
   * The earliest time at which the next attempt may go; not after now if it may go now.
   *
   * @param underWay fewer than may be at once
   */
  Instant nextAt(int perMinute, int underWay, Instant now) {
    return perMinute == 0
        ? now
        : fullAt.minus(interval(perMinute).multipliedBy(atOnce(perMinute) - underWay - 1L));
  }

  /** An attempt ended. */
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
}
