// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.effect;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the ledger: how far an intended change in the outside world is. Outlives the state of
 * the lanes, so that a reset or a replay repeats nothing.
 *
 * @param receipt what the endpoint calls it; null until done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Effect(
    String id, String endpoint, Status status, int attempts, @Nullable String receipt, Instant at) {

  /** How far an effect is. */
  public enum Status {
    PLANNED,
    ISSUED,
    DONE,
    DEAD,
    CANCELLED
  }

  @JsonIgnore
  public boolean isOver() {
    return status == Status.DONE || status == Status.DEAD || status == Status.CANCELLED;
  }
}
