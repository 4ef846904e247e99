// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long a delivery rests before it is tried or looked for again. */
final class Retry {

  /** How long after an unknown outcome to look, and to look again. */
  static final List<Duration> LADDER =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(45),
          Duration.ofSeconds(120));

  static final Duration WHOLE_LADDER = LADDER.stream().reduce(Duration.ZERO, Duration::plus);

  /** An endpoint cannot send us away for longer. */
  private static final Duration LONGEST = Duration.ofHours(24);

  private static final double JITTER = 0.2;

  private Retry() {}

  /**
   * The pause before the next attempt, or null when the schedule is used up.
   *
   * @param failures how many attempts have failed, this one included
   * @param after what the endpoint asked for
   */
  static @Nullable Duration pause(
      List<Duration> schedule, int failures, String attemptId, @Nullable Duration after) {
    if (failures > schedule.size()) {
      return null;
    }
    Duration step = jittered(schedule.get(failures - 1), attemptId);
    return after == null ? step : within(step, after);
  }

  /** Between the shortest given and a day. */
  static Duration within(Duration shortest, Duration asked) {
    Duration atMost = asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    return atMost.compareTo(shortest) < 0 ? shortest : atMost;
  }

  /** Off by up to a fifth, and by the same for the same attempt: a replay decides alike. */
  private static Duration jittered(Duration step, String attemptId) {
    int spread = Math.floorMod(attemptId.hashCode() * 0x9E3779B9, 2001) - 1000;
    return Duration.ofMillis(Math.round(step.toMillis() * (1 + JITTER * spread / 1000)));
  }
}
