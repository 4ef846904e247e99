// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Outcome {

  /** It happened; the receipt is what the endpoint calls it (a ticket's key, a dedup key). */
  @JsonTypeName("delivered")
  record Delivered(String receipt) implements Outcome {}

  /** It did not happen; another attempt may succeed, not before {@code after} if given. */
  @JsonTypeName("try-again")
  record TryAgain(Reason reason, String detail, @Nullable Duration after) implements Outcome {}

  /** It may have happened: probe, or repeat where a repeat is harmless. */
  @JsonTypeName("unknown")
  record Unknown(Reason reason, String detail) implements Outcome {}

  /** It did not happen and never will. */
  @JsonTypeName("give-up")
  record GiveUp(Reason reason, String detail) implements Outcome {}

  /** Answer to a probe: it did not happen. Attempt it. */
  @JsonTypeName("absent")
  record Absent() implements Outcome {}

  /** Its name in metrics. */
  default String label() {
    return switch (this) {
      case Delivered _ -> "delivered";
      case TryAgain _ -> "try_again";
      case Unknown _ -> "unknown";
      case GiveUp _ -> "give_up";
      case Absent _ -> "absent";
    };
  }
}
