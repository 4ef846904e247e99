// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt, as the worker saw it.
 *
 * @param exchange what went over the wire; null where the channel shows nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttemptResult(
    String attemptId,
    String deliveryId,
    String endpoint,
    int n,
    Attempt.Mode mode,
    Outcome outcome,
    Instant startedAt,
    Instant endedAt,
    @Nullable Exchange exchange) {

  /** One with nothing to show. */
  public AttemptResult(
      String attemptId,
      String deliveryId,
      String endpoint,
      int n,
      Attempt.Mode mode,
      Outcome outcome,
      Instant startedAt,
      Instant endedAt) {
    this(attemptId, deliveryId, endpoint, n, mode, outcome, startedAt, endedAt, null);
  }
}
