// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.sentinel;

import dev.tocsin.sentinel.Observation.Healthy;
import dev.tocsin.sentinel.Observation.Unhealthy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the sentinel knows. A silence becomes an outage when its patience is over; what PagerDuty is
 * to be told of it is owed until PagerDuty has taken it.
 *
 * @param patience as long as a restart may take before it wakes somebody
 * @param started since when it watches: without any healthy answer, silence counts from here
 * @param lastAlive when the last healthy answer came; null before the first
 * @param seen what that looked like last, in words
 * @param outage the dedup key of the outage that is on or not yet resolved; null without one
 * @param owed what PagerDuty has not taken yet; null when it knows all
 */
record SentinelState(
    Duration patience,
    Instant started,
    @Nullable Instant lastAlive,
    String seen,
    @Nullable String outage,
    @Nullable Page owed) {

  static SentinelState watching(Instant now, Duration patience) {
    return new SentinelState(patience, now, null, "nothing yet", null, null);
  }

  /** The state after one look: pure, so that time and answers can be played through in a table. */
  SentinelState decide(Observation observation, Instant now) {
    return switch (observation) {
      case Healthy _ -> alive(now);
      case Unhealthy silence -> silent(silence.detail(), now);
    };
  }

  /** The state after PagerDuty has taken what was owed. */
  SentinelState told() {
    return new SentinelState(
        patience, started, lastAlive, seen, owed instanceof Page.Resolve ? null : outage, null);
  }

  private SentinelState alive(Instant now) {
    if (outage == null) {
      return new SentinelState(patience, started, now, "healthy", null, null);
    }
    // A trigger that was not taken may have arrived all the same: the resolve is owed in any case.
    return new SentinelState(patience, started, now, "healthy", outage, new Page.Resolve(outage));
  }

  private SentinelState silent(String detail, Instant now) {
    boolean resolving = owed instanceof Page.Resolve;
    if (outage != null && !resolving) {
      Page repeat = owed == null ? null : trigger(outage, detail, now);
      return new SentinelState(patience, started, lastAlive, detail, outage, repeat);
    }
    if (Duration.between(silentSince(), now).compareTo(patience) < 0) {
      return new SentinelState(patience, started, lastAlive, detail, outage, owed);
    }
    // With a resolve still owed, the page of before is open: it goes on under its key.
    String key = outage == null ? "tocsin-sentinel-" + silentSince().getEpochSecond() : outage;
    return new SentinelState(patience, started, lastAlive, detail, key, trigger(key, detail, now));
  }

  private Page trigger(String key, String detail, Instant now) {
    Instant alive = lastAlive;
    String since =
        alive == null
            ? "not seen alive in " + Duration.between(started, now).toSeconds() + " s of watching"
            : "last seen alive at " + alive;
    return new Page.Trigger(key, "Tocsin does not answer: " + since + "; now: " + detail);
  }

  private Instant silentSince() {
    return lastAlive == null ? started : lastAlive;
  }
}
