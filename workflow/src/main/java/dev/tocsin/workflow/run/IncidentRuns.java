// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.workflow.playbook.Trigger;
import dev.tocsin.workflow.step.Opened;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered about an incident: the runs of its epoch, and what they opened.
 *
 * @param trigger what began the epoch
 * @param receivedAt when the alert behind the latest turn reached ingest: the start of the
 *     webhook-to-page clock
 * @param opened by endpoint; outlives the epoch, since a ticket is taken up again
 * @param context what an investigation of this epoch found
 * @param gathered small news not told yet; null when there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IncidentRuns(
    Incident incident,
    Trigger trigger,
    Instant receivedAt,
    List<RunState> runs,
    Map<String, Opened> opened,
    @Nullable Context context,
    @Nullable Gathering gathered) {

  /** Small news since the last word about them. */
  record Gathering(List<String> lines, int more, Instant tellAt) {}
}
