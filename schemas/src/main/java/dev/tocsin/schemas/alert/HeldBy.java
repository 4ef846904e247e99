// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A silence or an inhibition rule that held an alert back, as it was then.
 *
 * @param reason why, in the words of who made it
 * @param until when it ends if nobody changes it; for an inhibition rule, when the alert it goes by
 *     is not believed any longer
 * @param inhibitor the id of the firing alert that an inhibition rule goes by
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeldBy(
    Kind kind,
    String id,
    int version,
    String reason,
    String createdBy,
    Instant until,
    @Nullable String inhibitor) {

  /** What it is. */
  public enum Kind {
    SILENCE,
    INHIBITION
  }
}
