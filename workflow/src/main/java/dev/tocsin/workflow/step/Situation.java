// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step;

import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.incident.Incident;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known at the moment a step begins or something is told.
 *
 * @param context what an investigation found so far
 * @param contextComing whether an investigation is still at work
 * @param opened what was opened for the incident, by endpoint
 * @param means what there is to work with
 */
public record Situation(
    Incident incident,
    @Nullable Context context,
    boolean contextComing,
    Map<String, Opened> opened,
    Means means,
    Instant now) {

  /** What was opened at the endpoint, in this epoch or an earlier one; null when nothing was. */
  public @Nullable Opened openedAt(String endpoint) {
    return opened.get(endpoint);
  }
}
