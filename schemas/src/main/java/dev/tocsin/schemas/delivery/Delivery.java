// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.notification.Notification;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a notification so far: written anew whenever that changes.
 *
 * @param attempts the last few attempts, oldest first
 * @param attemptCount all of them
 * @param nextAttemptAt when it is tried again; null when it is not
 * @param receipt what the endpoint calls it; null until delivered
 * @param detail why it is where it is, in a sentence; empty when there is nothing to say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Delivery(
    String id,
    Status status,
    Notification notification,
    List<AttemptResult> attempts,
    int attemptCount,
    @Nullable Instant nextAttemptAt,
    @Nullable String receipt,
    String detail,
    Instant at) {

  /** Where a delivery is. What was planned is in exactly one of these. */
  public enum Status {
    PENDING,
    DELIVERED,
    /** Given up; kept whole and can be replayed. */
    DEAD,
    /** Not sent on purpose; the detail says why. */
    CANCELLED
  }
}
