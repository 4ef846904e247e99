// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.storm;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;

/** Whether there is a storm on a partition. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface StormState {

  /** Incidents open one by one. */
  @JsonTypeName("calm")
  record Calm(Opens opens) implements StormState {}

  /**
   * One incident speaks for those that open.
   *
   * @param incidents how many opened in it so far
   * @param busyAt when it last was more than a third of a storm
   */
  @JsonTypeName("raging")
  record Raging(Opens opens, Instant since, Severity worst, int incidents, Instant busyAt)
      implements StormState {}

  StormState CALM = new Calm(Opens.NONE);
}
