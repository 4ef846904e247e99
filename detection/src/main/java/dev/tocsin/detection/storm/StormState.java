// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.storm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether there is a storm on a partition. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface StormState {

  /** Incidents open one by one. */
  @JsonTypeName("calm")
  record Calm(Opens opens, @Nullable Instant alarmedUntil) implements StormState {}

  /**
   * One incident speaks for those that open.
   *
   * @param busyAt when it last was more than a third of a storm
   */
  @JsonTypeName("raging")
  record Raging(Opens opens, Tally tally, Instant busyAt, @Nullable Instant alarmedUntil)
      implements StormState {}

  /** Incidents open one by one again, but some of those that the storm speaks for are not over. */
  @JsonTypeName("ebbing")
  record Ebbing(Opens opens, Tally tally, @Nullable Instant alarmedUntil) implements StormState {}

  StormState CALM = new Calm(Opens.NONE, null);

  Opens opens();

  /**
   * Until when fewer incidents make a storm, since more alerts come than ever at this hour; null
   * when they do not.
   */
  @Nullable Instant alarmedUntil();

  /** What is known of the storm whose children may be open; null when there is none. */
  default @Nullable Tally storm() {
    return switch (this) {
      case Calm _ -> null;
      case Raging raging -> raging.tally();
      case Ebbing ebbing -> ebbing.tally();
    };
  }

  /** When the storm began that speaks for an incident which opens now; null when none does. */
  default @Nullable Instant since() {
    return this instanceof Raging raging ? raging.tally().since() : null;
  }
}
