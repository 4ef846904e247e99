// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The watched series that something was heard of lately, and what was taken of each last. No more
 * than so many: a selector that matches too much fills neither memory nor the topic.
 *
 * <p>A restart forgets it. What is then taken twice is late or a duplicate to detection.
 */
final class KnownSeries {

  /** A series that is not heard of for so long makes room for another. */
  static final Duration REMEMBERED = Duration.ofHours(1);

  private final int most;

  /** The one heard of longest ago first. */
  private final Map<String, Last> byId = new LinkedHashMap<>(16, 0.75f, true);

  KnownSeries(int most) {
    this.most = most;
  }

  /** Of one series, when it was heard of and the time of the last sample that was written. */
  private static final class Last {
    private Instant heard;
    private long millis = Long.MIN_VALUE;

    private Last(Instant heard) {
      this.heard = heard;
    }
  }

  /**
   * The time of the last sample of it that is in the topic, {@code Long.MIN_VALUE} when none is;
   * null when there is no room for it.
   */
  synchronized @Nullable Long last(String id, Instant now) {
    Last last = byId.get(id);
    if (last == null) {
      if (byId.size() >= most && !forgetOldest(now)) {
        return null;
      }
      last = new Last(now);
      byId.put(id, last);
    }
    last.heard = now;
    return last.millis;
  }

  private boolean forgetOldest(Instant now) {
    Iterator<Last> oldest = byId.values().iterator();
    if (oldest.hasNext() && oldest.next().heard.plus(REMEMBERED).isBefore(now)) {
      oldest.remove();
      return true;
    }
    return false;
  }

  synchronized void written(String id, long millis) {
    Last last = byId.get(id);
    if (last != null) {
      last.millis = Math.max(last.millis, millis);
    }
  }

  synchronized int size() {
    return byId.size();
  }
}
