// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.attempt;

import java.time.Instant;

/** What came of an attempt, as the worker saw it. */
public record AttemptResult(
    String attemptId,
    String deliveryId,
    String endpoint,
    int n,
    Attempt.Mode mode,
    Outcome outcome,
    Instant startedAt,
    Instant endedAt) {}
