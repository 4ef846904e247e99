// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.hold;

import dev.tocsin.schemas.alert.AlertOutcome.Reason;
import dev.tocsin.schemas.alert.HeldBy;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * That a firing alert is held back, and by what.
 *
 * @param by one at least; silences go before inhibition rules
 * @param until when the last of them ends, if nobody changes any
 */
public record Hold(List<HeldBy> by, Instant until) {

  public Hold {
    by = by.stream().sorted(Comparator.comparing(HeldBy::kind)).toList();
  }

  static Hold of(List<HeldBy> by) {
    return new Hold(
        by, by.stream().map(HeldBy::until).max(Comparator.naturalOrder()).orElseThrow());
  }

  public Reason reason() {
    return switch (by.getFirst().kind()) {
      case SILENCE -> Reason.SILENCED;
      case INHIBITION -> Reason.INHIBITED;
    };
  }

  /**
   * For example {@code silence sil_a (version 1, by ann, until 2026-11-28T12:00:00Z): a restart}.
   */
  public String words() {
    HeldBy first = by.getFirst();
    String words =
        switch (first.kind()) {
          case SILENCE ->
              "silence %s (version %d, by %s, until %s): %s"
                  .formatted(
                      first.id(),
                      first.version(),
                      first.createdBy(),
                      first.until(),
                      first.reason());
          case INHIBITION ->
              "inhibition rule %s (version %d, by %s) while alert %s fires: %s"
                  .formatted(
                      first.id(),
                      first.version(),
                      first.createdBy(),
                      first.inhibitor(),
                      first.reason());
        };
    return by.size() == 1 ? words : words + " (and by %d more)".formatted(by.size() - 1);
  }
}
