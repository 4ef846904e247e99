// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a lane treats an endpoint.
 *
 * @param concurrency attempts in flight at once, 1 to 256
 * @param perMinute the pace; 0 is unpaced
 * @param lease how long a worker may be silent before its attempt counts as unknown: longer than
 *     the channel's own time limit
 * @param schedule pauses before the second, third, ... attempt; when they are used up, the delivery
 *     is dead
 * @param afterUnknown what follows an attempt that may or may not have happened
 * @param patience how long an endpoint may fail before it is given up; null for ever
 * @param remembered how long deliveries that are over can be replayed, and are needed by others
 * @param hedgeAfter how long nothing may be heard of a page before it is attempted again beside the
 *     first attempt; null for never
 * @param second where a page goes as well that is not taken here; null for nowhere
 */
public record LaneProfile(
    int concurrency,
    int perMinute,
    Duration lease,
    List<Duration> schedule,
    AfterUnknown afterUnknown,
    @Nullable Patience patience,
    Duration remembered,
    @Nullable Duration hedgeAfter,
    @Nullable Second second) {

  private static final Duration A_MONTH = Duration.ofDays(30);

  /** One that gives up no endpoint. */
  public LaneProfile(
      int concurrency,
      int perMinute,
      Duration lease,
      List<Duration> schedule,
      AfterUnknown afterUnknown) {
    this(concurrency, perMinute, lease, schedule, afterUnknown, null);
  }

  /** One whose deliveries are remembered for a month. */
  public LaneProfile(
      int concurrency,
      int perMinute,
      Duration lease,
      List<Duration> schedule,
      AfterUnknown afterUnknown,
      @Nullable Patience patience) {
    this(concurrency, perMinute, lease, schedule, afterUnknown, patience, A_MONTH, null, null);
  }

  public LaneProfile remembering(Duration remembered) {
    return with(remembered, hedgeAfter, second);
  }

  /** Only where repeats of a page are taken as one. */
  public LaneProfile hedgingAfter(@Nullable Duration hedgeAfter) {
    return with(remembered, hedgeAfter, second);
  }

  public LaneProfile withSecond(@Nullable Second second) {
    return with(remembered, hedgeAfter, second);
  }

  private LaneProfile with(
      Duration remembered, @Nullable Duration hedgeAfter, @Nullable Second second) {
    return new LaneProfile(
        concurrency,
        perMinute,
        lease,
        schedule,
        afterUnknown,
        patience,
        remembered,
        hedgeAfter,
        second);
  }

  /**
   * The other way to people.
   *
   * @param endpoint whose lane takes pages
   * @param after how long a page may not be taken at the first
   */
  public record Second(String endpoint, Duration after) {}

  /**
   * How long an endpoint may take nothing before it is given up: for so long, and in so many
   * attempts.
   */
  public record Patience(Duration failing, int attempts) {}

  /** What follows an attempt that may or may not have happened. */
  public enum AfterUnknown {
    /** The same again: the endpoint drops repeats of one idempotency key. */
    REPEAT,
    /** A probe first: a repeat would be a second effect. */
    PROBE
  }
}
