// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

import dev.tocsin.proof.history.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One ticket for each incident, done when it is over, and no comment twice. */
final class TicketChecks {

  private final Facts facts;
  private final List<Finding> findings = new ArrayList<>();

  TicketChecks(Facts facts) {
    this.facts = facts;
  }

  List<Finding> findings() {
    Map<String, List<Entry.Ticketed>> created = Facts.by(taken("create"), Entry.Ticketed::service);
    Set<String> done = new HashSet<>();
    taken("done").forEach(call -> done.add(call.ticket()));
    for (String service : facts.fired) {
      List<Entry.Ticketed> tickets = created.getOrDefault(service, List.of());
      if (tickets.isEmpty()) {
        add(Check.TICKET_LOST, service);
      }
      boolean over = facts.resolved.contains(service);
      if (over && tickets.stream().anyMatch(t -> !done.contains(t.ticket()))) {
        add(Check.TICKET_LEFT_OPEN, service);
      }
    }
    created.forEach(
        (service, tickets) -> {
          if (tickets.size() > 1) {
            add(
                Check.TICKET_DOUBLED,
                "%s: %s".formatted(service, tickets.stream().map(Entry.Ticketed::ticket).toList()));
          }
        });
    Facts.by(taken("comment"), call -> call.ticket() + '/' + call.mark())
        .forEach(
            (comment, calls) -> {
              if (calls.size() > 1 && !calls.getFirst().mark().isEmpty()) {
                add(Check.COMMENT_DOUBLED, comment + " times " + calls.size());
              }
            });
    return findings;
  }

  private List<Entry.Ticketed> taken(String change) {
    return facts.tickets.stream()
        .filter(call -> call.taken() && call.change().equals(change))
        .toList();
  }

  private void add(Check check, String what) {
    findings.add(new Finding(check, what));
  }
}
