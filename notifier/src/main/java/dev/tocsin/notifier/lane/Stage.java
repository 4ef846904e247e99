// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.delivery.Delivery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a delivery is in its lane. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
sealed interface Stage {

  /** Behind another of its order. */
  @JsonTypeName("queued")
  record Queued() implements Stage {}

  /** First of its order, and waits for the end of a delivery it needs. */
  @JsonTypeName("needing")
  record Needing() implements Stage {}

  /** Goes out as soon as the lane lets it. */
  @JsonTypeName("ready")
  record Ready(Attempt.Mode mode) implements Stage {}

  /**
   * A worker has it, until its lease ends.
   *
   * @param hedgeAt when another attempt is made beside it; null when none is
   */
  @JsonTypeName("in-flight")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record InFlight(
      String attemptId,
      Attempt.Mode mode,
      Instant issuedAt,
      Instant leaseUntil,
      @Nullable Instant hedgeAt)
      implements Stage {}

  /** Failed, and is tried again then. */
  @JsonTypeName("resting")
  record Resting(Attempt.Mode mode, Instant until) implements Stage {}

  /** Came to an end. Only a replay goes on from here. */
  @JsonTypeName("over")
  record Over(Delivery.Status status, Instant at) implements Stage {}
}
