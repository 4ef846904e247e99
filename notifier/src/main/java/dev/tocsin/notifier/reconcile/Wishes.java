// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.command.Command;
import java.time.Instant;
import java.util.List;

/**
 * Commands that say here what somebody did at a vendor's. Their ids are those of what was done:
 * whoever sees it, by whatever way, asks for the same.
 *
 * @param via the vendor
 */
record Wishes(String via) {

  /** Nothing when somebody has it, or it was asked for. */
  List<Command> acknowledgeOnce(Watched watched, String by, Instant now) {
    return watched.acknowledged() || watched.asked() != Watched.Asked.NOTHING
        ? List.of()
        : List.of(acknowledge(watched, by, now));
  }

  /** Nothing when it was asked for. */
  List<Command> resolveOnce(Watched watched, String by, Instant now) {
    return watched.asked() == Watched.Asked.RESOLVE
        ? List.of()
        : List.of(resolve(watched, by, now));
  }

  private Command acknowledge(Watched watched, String by, Instant now) {
    return new Command.Acknowledge(
        id(watched, "acknowledge"),
        watched.incidentId(),
        watched.group(),
        by,
        via,
        now,
        watched.epoch());
  }

  private Command resolve(Watched watched, String by, Instant now) {
    return new Command.Resolve(
        id(watched, "resolve"),
        watched.incidentId(),
        watched.group(),
        by,
        via,
        now,
        watched.epoch());
  }

  /**
   * @param about what is told: it is told once
   */
  Command note(Watched watched, String about, String by, String text, Instant now) {
    return new Command.AddNote(
        ContentId.of("cmd", via, "note", watched.incidentId(), about),
        watched.incidentId(),
        watched.group(),
        by,
        via,
        now,
        text);
  }

  private String id(Watched watched, String what) {
    return ContentId.of("cmd", via, what, watched.incidentId(), watched.epoch());
  }
}
