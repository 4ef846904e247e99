// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.simulation;

import dev.tocsin.notifier.lane.LanesInMemory;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.incident.IncidentStatus;
import java.util.List;
import java.util.Map;

/** What must be true when all faults are long over. */
record Ending(
    Vendors vendors,
    LanesInMemory lanes,
    Map<String, IncidentEvent> lastOf,
    Map<String, List<String>> happened) {

  void check() {
    lanes
        .ledger()
        .forEach(
            (id, effect) -> {
              if (!effect.isOver()) {
                wrong("%s at %s is still %s".formatted(id, effect.endpoint(), effect.status()));
              }
              if (effect.status() == Effect.Status.DEAD) {
                wrong("%s at %s was given up".formatted(id, effect.endpoint()));
              }
            });
    lastOf.forEach(this::incident);
    vendors
        .pages()
        .forEach(
            (key, page) -> {
              if (key.startsWith(Vendors.SECOND) && page.open) {
                wrong(key + " is still open");
              }
            });
    happened.forEach(
        (order, events) -> {
          List<String> heard = vendors.heard().getOrDefault(order, List.of());
          if (!heard.equals(events)) {
            wrong("%s heard %s, and %s happened".formatted(order, heard, events));
          }
        });
  }

  private void incident(String incident, IncidentEvent last) {
    for (int epoch = 1; epoch <= last.epoch(); epoch++) {
      String key = "tocsin-%s-%d".formatted(incident, epoch);
      Vendors.Page page = vendors.pages().get(key);
      if (page == null || page.opened == 0) {
        wrong("nobody was paged under " + key);
      } else if (page.open) {
        wrong("the page under %s is still open".formatted(key));
      }
    }
    for (int epoch = 1; epoch <= last.epoch(); epoch++) {
      String mark = incident + '-' + epoch;
      if (vendors.chat().says(mark) != IncidentStatus.RESOLVED) {
        wrong("the post of %s says %s".formatted(mark, vendors.chat().says(mark)));
      }
    }
    if (!vendors.hasTicket(incident)) {
      wrong("no ticket for " + incident);
    } else if (!vendors.isDone(incident)) {
      wrong("the ticket for %s is not done".formatted(incident));
    }
  }

  private void wrong(String what) {
    vendors.violations().add(what);
  }
}
