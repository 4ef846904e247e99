// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.deadletter;

import dev.tocsin.schemas.audit.AuditEntry;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person did with a dead letter. The audit topic tells it, and keeps it longer than letters
 * are kept.
 *
 * @param detail where it was written to, or why it was dropped
 */
public record Fate(State state, String by, String detail, Instant at) {

  /** The actions that seal a fate, as the audit topic has them. */
  public static final String REPLAYED = "dead-letter.replayed";

  public static final String DROPPED = "dead-letter.dropped";

  /** Where a dead letter is: each is in exactly one. */
  public enum State {
    WAITING,
    REPLAYED,
    DROPPED
  }

  static Optional<Fate> of(AuditEntry entry) {
    State state =
        switch (entry.action()) {
          case REPLAYED -> State.REPLAYED;
          case DROPPED -> State.DROPPED;
          default -> null;
        };
    return state == null
        ? Optional.empty()
        : Optional.of(new Fate(state, entry.actor(), entry.detail(), entry.at()));
  }

  static State state(@Nullable Fate fate) {
    return fate == null ? State.WAITING : fate.state();
  }
}
