// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import java.time.Duration;
import java.time.Instant;

/**
 * A count that forgets: each one counts half after thirty days.
 *
 * @param value as it was at that time
 */
record Decayed(double value, Instant at) {

  static final Duration HALF_LIFE = Duration.ofDays(30);

  double at(Instant now) {
    return value * kept(Duration.between(at, now));
  }

  Decayed plusOne(Instant now) {
    // Broker time may step back: what comes from before counts as of then.
    return now.isBefore(at) ? new Decayed(value + 1, at) : new Decayed(at(now) + 1, now);
  }

  /** The time since then, of which each day counts as much as what was counted on it. */
  static Duration horizon(Instant since, Instant now) {
    double forgotten = 1 - kept(Duration.between(since, now));
    return Duration.ofMillis((long) (HALF_LIFE.toMillis() / Math.log(2) * forgotten));
  }

  private static double kept(Duration age) {
    return Math.pow(2, -(double) Math.max(0, age.toMillis()) / HALF_LIFE.toMillis());
  }
}
