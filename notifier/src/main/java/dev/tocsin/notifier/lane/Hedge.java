// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.schemas.attempt.Attempt.Mode;
import dev.tocsin.schemas.notification.Content;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A page of which nothing is heard is attempted again beside the attempt before: its receiver takes
 * repeats of one dedup key as one. Nothing else is, since a second ticket would be a second ticket.
 *
 * <p>A hedge uses up a step of the retry schedule, and comes no sooner than that step would. So an
 * endpoint that hangs is hedged a few times, and then left to the schedule.
 */
final class Hedge {

  private Hedge() {}

  /** When to hedge an attempt that is made now; null when its lease ends before that. */
  static @Nullable Instant due(LaneDelivery delivery, Mode mode, LaneProfile profile, Instant now) {
    if (profile.hedgeAfter() == null
        || mode != Mode.SEND
        || !(delivery.notification().content() instanceof Content.Page)) {
      return null;
    }
    Duration step =
        Retry.pause(
            profile.schedule(),
            delivery.failures() + 1,
            delivery.attemptId(delivery.issued() + 1),
            null);
    if (step == null) {
      return null;
    }
    Duration after = step.compareTo(profile.hedgeAfter()) > 0 ? step : profile.hedgeAfter();
    return after.compareTo(profile.lease()) < 0 ? now.plus(after) : null;
  }
}
