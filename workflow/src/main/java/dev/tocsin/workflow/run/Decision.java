// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.step.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a happening.
 *
 * @param after what is remembered from now on; null when nothing is
 * @param contextLate whether context came that a page had waited for in vain
 */
public record Decision(
    @Nullable IncidentRuns after,
    List<Notification> notifications,
    List<Step> steps,
    List<Move> moves,
    List<Timer> timers,
    boolean contextLate) {

  /** A run that moved; {@code before} is null when it has just begun. */
  public record Move(@Nullable Run before, Run after) {}

  /** A timer to set. */
  public record Timer(Instant due, TimerName name) {}

  static Decision nothing(@Nullable IncidentRuns as) {
    return new Decision(as, List.of(), List.of(), List.of(), List.of(), false);
  }
}
