// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Slack's limit on posting: a message a second and channel, and some at once. */
final class Pace {

  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /** When a channel will have come to rest. */
  private final Map<String, Instant> rest = new HashMap<>();

  private int burst;

  /** 0 takes all. */
  void burst(int burst) {
    this.burst = burst;
  }

  /** Takes a message, or refuses it. */
  void take(String channel, Instant now) {
    if (burst == 0) {
      return;
    }
    Instant busyUntil = rest.getOrDefault(channel, now);
    Instant from = busyUntil.isAfter(now) ? busyUntil : now;
    Duration over = Duration.between(now.plus(BETWEEN.multipliedBy(burst - 1L)), from);
    if (over.isPositive()) {
      throw Refusal.tooMany(over.plusSeconds(1).minusNanos(1).toSeconds());
    }
    rest.put(channel, from.plus(BETWEEN));
  }
}
