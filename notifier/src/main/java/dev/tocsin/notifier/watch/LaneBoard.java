// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How the lanes of this process stand, for those who watch them. What is here is what the lanes
 * last said, and no source of truth.
 */
public final class LaneBoard {

  /** A lane whose oldest delivery has been pending for longer is stuck. */
  static final Duration STUCK_AFTER = Duration.ofMinutes(5);

  private final Map<String, Standing> lanes = new ConcurrentHashMap<>();

  /**
   * How a lane stands.
   *
   * @param oldest since when its oldest delivery has been pending; null when none is
   * @param breakerOpenSince null while the breaker is closed
   */
  public record Standing(int depth, @Nullable Instant oldest, @Nullable Instant breakerOpenSince) {

    @Nullable String whyStuck(Instant now) {
      if (breakerOpenSince != null) {
        return "does not answer since %s, %d pending".formatted(breakerOpenSince, depth);
      }
      if (oldest != null && oldest.plus(STUCK_AFTER).isBefore(now)) {
        return "%d pending, the oldest since %s".formatted(depth, oldest);
      }
      return null;
    }
  }

  public void put(String endpoint, Standing standing) {
    lanes.put(endpoint, standing);
  }

  /** The lane is no longer looked after by this process. */
  public void remove(String endpoint) {
    lanes.remove(endpoint);
  }

  int depth(String channel) {
    return lanes.entrySet().stream()
        .filter(lane -> lane.getKey().startsWith(channel + "/"))
        .mapToInt(lane -> lane.getValue().depth())
        .sum();
  }

  Duration oldestAge(String channel, Instant now) {
    return lanes.entrySet().stream()
        .filter(lane -> lane.getKey().startsWith(channel + "/"))
        .map(lane -> lane.getValue().oldest())
        .filter(Objects::nonNull)
        .map(since -> Duration.between(since, now))
        .max(Duration::compareTo)
        .filter(age -> !age.isNegative())
        .orElse(Duration.ZERO);
  }

  /** Endpoints whose lanes are stuck, and why. */
  Map<String, String> stuck(Instant now) {
    Map<String, String> stuck = new TreeMap<>();
    lanes.forEach(
        (endpoint, standing) -> {
          String why = standing.whyStuck(now);
          if (why != null) {
            stuck.put(endpoint, why);
          }
        });
    return stuck;
  }
}
