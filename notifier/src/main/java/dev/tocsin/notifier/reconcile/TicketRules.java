// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;
import dev.tocsin.schemas.command.Command;
import java.time.Instant;
import java.util.List;

/**
 * What it means for an incident that something was done to its ticket.
 *
 * @param doneResolves whether a ticket that somebody ends ends its incident
 */
record TicketRules(boolean doneResolves) {

  static final String VIA = "jira";
  private static final Wishes WISHES = new Wishes(VIA);

  List<Command> decide(Callback callback, Watched watched, Instant now) {
    String ticket = callback.object();
    String by = callback.by();
    Instant at = callback.occurredAt();
    return switch (callback.change()) {
      case Change.Resolved done -> done(watched, ticket, done.status(), by, at, now);
      case Change.Moved moved -> moved(watched, ticket, moved.status(), by, at, now);
      case Change.Assigned assigned when !watched.isResolved() ->
          List.of(CallbackRules.assigned(callback, watched, assigned, ticket, now));
      case Change.Noted noted ->
          List.of(
              CallbackRules.noted(
                  callback, watched, noted, "On " + ticket + ": " + noted.text(), now));
      case Change.Assigned _, Change.Acknowledged _, Change.Merged _, Change.Reopened _ ->
          List.of();
    };
  }

  /** A ticket has ended. In an epoch before, that is no news of this one. */
  List<Command> done(
      Watched watched, String ticket, String status, String by, Instant at, Instant now) {
    if (watched.isResolved() || at.isBefore(watched.since())) {
      return List.of();
    }
    if (doneResolves) {
      return WISHES.resolveOnce(watched, by, now);
    }
    return List.of(
        WISHES.note(
            watched,
            "done/" + ticket + '/' + watched.epoch(),
            by,
            "Moved %s to %s. The incident goes on until its alerts clear or somebody resolves it."
                .formatted(ticket, status),
            now));
  }

  /** A ticket that we ended is open again: whoever did that wants it so. */
  List<Command> moved(
      Watched watched, String ticket, String status, String by, Instant at, Instant now) {
    Instant resolvedAt = watched.resolvedAt();
    return resolvedAt == null || at.isBefore(resolvedAt)
        ? List.of()
        : List.of(
            WISHES.note(
                watched,
                "moved/" + ticket + '/' + watched.epoch(),
                by,
                "Moved %s to %s after the incident was over. It is left open."
                    .formatted(ticket, status),
                now));
  }
}
