// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.callback;

import dev.tocsin.schemas.ContentId;
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
final class CallbackRules {

  static final String VIA = "pagerduty";

  private CallbackRules() {}

  /**
   * @param reports by dedup key
   */
  static List<Command> decide(
      Collection<Watched> unresolved, Map<String, PageReport> reports, Instant now) {
    List<Command> commands = new ArrayList<>();
    for (Watched watched : unresolved) {
      PageReport report = reports.get(watched.dedupKey());
      if (report == null) {
        continue;
      }
      switch (report.status()) {
        case TRIGGERED -> {}
        case ACKNOWLEDGED -> {
          if (!watched.acknowledged() && watched.asked() == Watched.Asked.NOTHING) {
            commands.add(acknowledge(watched, report.by(), now));
          }
        }
        case RESOLVED -> {
          if (watched.asked() != Watched.Asked.RESOLVE) {
            commands.add(resolve(watched, report.by(), now));
          }
        }
      }
    }
    return commands;
  }

  private static Command acknowledge(Watched watched, String by, Instant now) {
    return new Command.Acknowledge(
        id(watched, "acknowledge"), watched.incidentId(), watched.group(), by, VIA, now);
  }

  private static Command resolve(Watched watched, String by, Instant now) {
    return new Command.Resolve(
        id(watched, "resolve"), watched.incidentId(), watched.group(), by, VIA, now);
  }

  private static String id(Watched watched, String what) {
    return ContentId.of("cmd", VIA, what, watched.incidentId(), watched.epoch());
  }
}
