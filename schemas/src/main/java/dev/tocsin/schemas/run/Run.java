// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A playbook at work on an incident, as it stands: written anew whenever it moves. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Run(
    String id,
    String incidentId,
    int epoch,
    String playbook,
    String playbookVersion,
    Status status,
    Instant startedAt,
    Instant at,
    List<StepState> steps) {

  /** Whether a run is still at work. */
  public enum Status {
    RUNNING,
    FINISHED,
    FAILED
  }

  /** One numbered item of the playbook, as it stands. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StepState(
      String name,
      String kind,
      Progress progress,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      String detail) {}

  /** How far a step is. */
  public enum Progress {
    WAITING,
    STARTED,
    DONE,
    SKIPPED,
    FAILED
  }
}
