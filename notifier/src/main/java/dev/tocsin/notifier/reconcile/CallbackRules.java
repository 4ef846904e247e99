// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.schemas.callback.Callback;
import dev.tocsin.schemas.callback.Change;
import dev.tocsin.schemas.command.Command;
import java.time.Instant;
import java.util.List;

/**
 * What it means for an incident that something was done to its page, its ticket or its post. A
 * person who ends a page, or presses the button that says so, ends the incident; a ticket is work
 * of its own, and ending it ends nothing unless that was configured.
 *
 * @param doneResolves whether a ticket that somebody ends ends its incident
 */
record CallbackRules(boolean doneResolves) {

  /**
   * @param epoch that the page or post was opened in; 0 for a ticket, which is one for all
   */
  List<Command> decide(Callback callback, Watched watched, int epoch, Instant now) {
    return switch (callback.vendor()) {
      case PageRules.VIA -> page(callback, watched, epoch, now);
      case PostRules.VIA -> PostRules.decide(callback, watched, epoch, now);
      default -> new TicketRules(doneResolves).decide(callback, watched, now);
    };
  }

  private static List<Command> page(Callback callback, Watched watched, int epoch, Instant now) {
    String by = callback.by();
    boolean isCurrent = watched.epoch() == epoch;
    boolean isOpen = isCurrent && !watched.isResolved();
    return switch (callback.change()) {
      case Change.Acknowledged _ -> isOpen ? PageRules.acknowledged(watched, by, now) : List.of();
      case Change.Resolved _ -> isOpen ? PageRules.resolved(watched, by, now) : List.of();
      case Change.Merged merged ->
          isOpen ? PageRules.merged(watched, merged.into(), by, now) : List.of();
      case Change.Reopened _ ->
          isCurrent ? List.of(PageRules.reopened(watched, by, now)) : List.of();
      case Change.Assigned assigned ->
          isOpen ? List.of(assigned(callback, watched, assigned, "the page", now)) : List.of();
      case Change.Noted noted -> List.of(noted(callback, watched, noted, noted.text(), now));
      case Change.Moved _ -> List.of();
    };
  }

  static Command assigned(
      Callback callback, Watched watched, Change.Assigned assigned, String what, Instant now) {
    String text =
        assigned.to().isEmpty()
            ? "Took %s from whoever had it.".formatted(what)
            : "Assigned %s to %s.".formatted(what, assigned.to());
    return new Wishes(callback.vendor())
        .note(watched, "assigned/" + callback.id(), callback.by(), text, now);
  }

  static Command noted(
      Callback callback, Watched watched, Change.Noted noted, String text, Instant now) {
    return new Wishes(callback.vendor())
        .note(watched, "noted/" + noted.note(), callback.by(), text, now);
  }
}
