// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.investigation;

import dev.tocsin.schemas.step.Step;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when an investigation has time.
 *
 * @param evidence when evidence has to be there
 * @param answer when the step is answered with what there is
 * @param end when a model is cut off for good
 */
record Deadlines(Instant evidence, Instant answer, Instant end) {

  /** An answer takes this long to get where it is waited for. */
  private static final Duration WAY = Duration.ofMillis(500);

  /** A step that nobody waits for any more is still answered, and soon. */
  private static final Duration LATE = Duration.ofSeconds(4);

  static Deadlines of(Step step, Duration budget, Instant now) {
    Duration left = Duration.between(now, step.answerBy());
    Duration answerIn = left.isPositive() ? max(left.minus(WAY), left.dividedBy(2)) : LATE;
    Instant answer = now.plus(answerIn);
    Instant end = step.issuedAt().plus(budget);
    return new Deadlines(
        now.plus(answerIn.dividedBy(2)), answer, end.isAfter(answer) ? end : answer);
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
