// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.schemas.command.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What PagerDuty's reports mean for our unresolved incidents. Only what a report says counts: an
 * incident that has none is left alone.
 *
 * <p>A resolved page of an unresolved incident was resolved there, by a person or by a rule of
 * theirs, since we resolve a page only after its incident.
 */
final class PageRules {

  static final String VIA = "pagerduty";
  private static final Wishes WISHES = new Wishes(VIA);

  private PageRules() {}

  /**
   * @param reports by dedup key
   */
  static List<Command> decide(
      Collection<Watched> unresolved, Map<String, PageReport> reports, Instant now) {
    List<Command> commands = new ArrayList<>();
    for (Watched watched : unresolved) {
      PageReport report = reports.get(watched.dedupKey());
      if (report != null) {
        commands.addAll(
            switch (report.status()) {
              case TRIGGERED -> List.<Command>of();
              case ACKNOWLEDGED -> acknowledged(watched, report.by(), now);
              case RESOLVED ->
                  report.mergedInto() == null
                      ? resolved(watched, report.by(), now)
                      : merged(watched, report.mergedInto(), report.by(), now);
            });
      }
    }
    return commands;
  }

  static List<Command> acknowledged(Watched watched, String by, Instant now) {
    return WISHES.acknowledgeOnce(watched, by, now);
  }

  static List<Command> resolved(Watched watched, String by, Instant now) {
    return WISHES.resolveOnce(watched, by, now);
  }

  /** Somebody goes on with it under another page, so it is not over, and somebody has it. */
  static List<Command> merged(Watched watched, String into, String by, Instant now) {
    List<Command> commands = new ArrayList<>(acknowledged(watched, by, now));
    commands.add(
        WISHES.note(
            watched,
            "merged/" + watched.dedupKey(),
            by,
            "Merged the page into “" + into + "” in PagerDuty. It goes on there.",
            now));
    return commands;
  }

  static Command reopened(Watched watched, String by, Instant now) {
    return WISHES.note(
        watched,
        "reopened/" + watched.dedupKey(),
        by,
        "Reopened the page in PagerDuty, where it is left open. Here the incident opens again with the next alert.",
        now);
  }
}
