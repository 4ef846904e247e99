// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel;

import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A way to reach people or systems: makes one attempt, and says how it ended. It keeps no state and
 * tries nothing twice; when to try again is the lane's business.
 */
public interface Channel {

  /** The part of an endpoint's id before the slash. */
  String name();

  /** How a lane treats this channel's endpoints. */
  LaneProfile profile();

  /**
   * Why such a thing can never go out over this channel as it is configured, and what would change
   * that; null when it can. Said at start, so that it is not even planned.
   *
   * @param kind of content, as {@link dev.tocsin.schemas.notification.Content#kind()} has it
   */
  default @Nullable String refuses(String kind) {
    return null;
  }

  /** Why nothing may go out to an endpoint for now; null when it may. What is planned waits. */
  default @Nullable String holds(String endpoint) {
    return null;
  }

  /** Sends or probes, as the attempt says, and shows what is worth showing. */
  default Made make(Attempt attempt) {
    return new Made(
        switch (attempt.mode()) {
          case SEND -> send(attempt);
          case PROBE -> probe(attempt);
        },
        null);
  }

  /** Makes the change, once. Never throws for what an endpoint does. */
  Outcome send(Attempt attempt);

  /**
   * Looks whether an earlier attempt made the change: {@code Delivered} if so, {@code Absent} if
   * certainly not, {@code TryAgain} when it cannot be told yet. Called only when {@link
   * LaneProfile#afterUnknown()} is {@code PROBE}.
   */
  Outcome probe(Attempt attempt);
}
