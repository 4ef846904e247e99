// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;

/** Where the latest incident of an alert group stands. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface IncidentState {

  /** There was none yet, or it is forgotten. */
  @JsonTypeName("none")
  record None() implements IncidentState {}

  /** People respond to it. */
  @JsonTypeName("active")
  record Active(String id, int epoch, Severity severity, boolean acknowledged)
      implements IncidentState {}

  /** It is over, and may be opened again. */
  @JsonTypeName("over")
  record Over(String id, int epoch, Severity severity, Instant at) implements IncidentState {}
}
