// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often each stray was healed: a few times, each after a longer while, since what does not take
 * is for people to look at.
 */
final class Strays {

  static final int MOST_TIMES = 3;
  private static final int REMEMBERED = 10_000;

  private final Map<String, Tried> tried = Recent.map(REMEMBERED);
  private final Duration patience;

  private record Tried(int times, Instant at) {}

  /**
   * @param patience how long our own word may take to arrive
   */
  Strays(Duration patience) {
    this.patience = patience;
  }

  /** Which time it would be; 0 when it is too early, or was done often enough. */
  int turn(String object, Instant overSince, Instant now) {
    Tried last = tried.get(object);
    if (last == null) {
      return now.isBefore(overSince.plus(patience)) ? 0 : 1;
    }
    boolean isDue = !now.isBefore(last.at().plus(patience.multipliedBy(4L * last.times())));
    return isDue && last.times() < MOST_TIMES ? last.times() + 1 : 0;
  }

  void healed(String object, int times, Instant now) {
    tried.put(object, new Tried(times, now));
  }

  /**
   * Since when a page may not be open any more; null while it may, and when nothing is known of its
   * incident.
   */
  static @Nullable Instant overSince(Mark page, @Nullable Watched watched) {
    if (watched == null || page.epoch() > watched.epoch()) {
      return null;
    }
    // What belongs to an earlier epoch was over at the latest when this one began.
    return page.epoch() < watched.epoch() ? watched.since() : watched.resolvedAt();
  }
}
