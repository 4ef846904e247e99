// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What webhooks have told: a repeat, or what was overruled since, is known by it. */
final class Heard {

  private static final int REMEMBERED = 10_000;

  /** PagerDuty tries for two days. What is older is a copy somebody kept. */
  private static final Duration OLDEST = Duration.ofDays(3);

  private final Map<String, Boolean> ids = Recent.map(REMEMBERED);
  private final Map<String, Instant> latest = Recent.map(REMEMBERED);

  /** How a callback stands to those before it. */
  enum News {
    NEW,
    REPEATED,
    /** Something later was told of its object before. */
    OVERRULED,
    TOO_OLD
  }

  News judge(Callback callback, Instant now) {
    if (ids.containsKey(callback.id())) {
      return News.REPEATED;
    }
    if (callback.occurredAt().isBefore(now.minus(OLDEST))) {
      return News.TOO_OLD;
    }
    Instant later = latest.get(callback.key());
    return changesStatus(callback.change())
            && later != null
            && callback.occurredAt().isBefore(later)
        ? News.OVERRULED
        : News.NEW;
  }

  void remember(Callback callback) {
    ids.put(callback.id(), true);
    if (changesStatus(callback.change())) {
      latest.merge(callback.key(), callback.occurredAt(), (a, b) -> a.isAfter(b) ? a : b);
    }
  }

  private static boolean changesStatus(Change change) {
    return switch (change) {
      case Change.Acknowledged _,
          Change.Resolved _,
          Change.Merged _,
          Change.Reopened _,
          Change.Moved _ ->
          true;
      case Change.Assigned _, Change.Noted _ -> false;
    };
  }
}
