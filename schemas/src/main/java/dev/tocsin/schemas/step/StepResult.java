// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.step;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.context.Context;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of a step.
 *
 * @param context what was found; null unless done
 * @param detail what went wrong; empty when done
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepResult(
    String stepId,
    String runId,
    String incidentId,
    String kind,
    int attempt,
    Outcome outcome,
    @Nullable Context context,
    String detail,
    Instant at) {

  /** How a step ended. */
  public enum Outcome {
    DONE,
    FAILED
  }
}
