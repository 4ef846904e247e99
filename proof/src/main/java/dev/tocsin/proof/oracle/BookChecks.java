// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

import dev.tocsin.proof.history.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the program's own topics and its accounting say, against what was sent and taken. */
final class BookChecks {

  private final Facts facts;
  private final List<Finding> findings = new ArrayList<>();

  BookChecks(Facts facts) {
    this.facts = facts;
  }

  List<Finding> findings() {
    order();
    incidents();
    outcomes();
    ledger();
    accounting();
    return findings;
  }

  /**
   * What the sender had accepted first comes first, however long Kafka was away. A repeat may come
   * later. The sender sends one after the other, so its history is the order; a time that the
   * program noted is its own clock's, which may have been set.
   */
  private void order() {
    Map<String, Integer> places = new HashMap<>();
    for (Entry.Sent sent : facts.all(Entry.Sent.class)) {
      if (sent.isAccepted()) {
        places.putIfAbsent(message(sent.service(), sent.firing()), places.size());
      }
    }
    Set<String> seen = new HashSet<>();
    Map<String, Entry.Logged> last = new HashMap<>();
    for (Entry.Logged alert : facts.all(Entry.Logged.class)) {
      String message = message(alert.service(), alert.firing());
      Integer place = places.get(message);
      if (place != null && seen.add(message)) {
        Entry.Logged before = last.put(alert.source() + '/' + alert.partition(), alert);
        if (before != null
            && place < places.getOrDefault(message(before.service(), before.firing()), 0)) {
          add(
              Check.ALERT_DISORDERED,
              "%s (%s) after %s (%s)"
                  .formatted(
                      message,
                      alert.alert(),
                      message(before.service(), before.firing()),
                      before.alert()));
        }
      }
    }
  }

  private static String message(String service, boolean firing) {
    return service + (firing ? " firing" : " resolved");
  }

  private void incidents() {
    Map<String, Set<String>> opened = new HashMap<>();
    Set<String> over = new HashSet<>();
    Set<String> known = new HashSet<>();
    for (Entry.Told told : facts.told) {
      String service = facts.services.getOrDefault(told.incident(), "");
      switch (told.type()) {
        case "opened", "reopened" -> {
          opened.computeIfAbsent(service, s -> new HashSet<>()).add(told.incident());
          if (!known.add(told.incident() + '/' + told.epoch())) {
            add(
                Check.INCIDENT_DOUBLED,
                told.incident() + " epoch " + told.epoch() + " of " + service);
          }
        }
        case "resolved" -> over.add(service);
        default -> {
          // Says nothing of beginning or end.
        }
      }
    }
    for (String service : facts.fired) {
      int incidents = opened.getOrDefault(service, Set.of()).size();
      if (incidents == 0) {
        add(Check.INCIDENT_LOST, service);
      } else if (incidents > 1) {
        add(Check.INCIDENT_DOUBLED, "%s: %s".formatted(service, opened.get(service)));
      }
    }
    facts.resolved.stream()
        .filter(service -> !over.contains(service))
        .forEach(service -> add(Check.INCIDENT_LEFT_OPEN, service));
  }

  private void outcomes() {
    Facts.by(facts.all(Entry.Decided.class), Entry.Decided::alert)
        .forEach(
            (alert, outcomes) -> {
              if (outcomes.size() > 1) {
                add(Check.OUTCOME_DOUBLED, "%s: %d".formatted(alert, outcomes.size()));
              }
            });
  }

  private void ledger() {
    Map<String, Entry.Delivered> deliveries = new HashMap<>();
    facts.all(Entry.Delivered.class).forEach(d -> deliveries.put(d.delivery(), d));
    Set<String> paged = new HashSet<>();
    facts.pages.stream()
        .filter(page -> page.taken() && page.isTrigger())
        .forEach(page -> paged.add(page.service()));
    for (Entry.Ledgered effect : facts.all(Entry.Ledgered.class)) {
      Entry.Delivered delivery = deliveries.remove(effect.effect());
      if (!effect.isOver()) {
        add(
            Check.LEDGER_OPEN,
            "%s at %s is %s".formatted(effect.effect(), effect.endpoint(), effect.status()));
      } else if (delivery == null || !same(effect.status(), delivery.status())) {
        add(
            Check.LEDGER_DISAGREES,
            "%s is %s, and its delivery %s"
                .formatted(
                    effect.effect(),
                    effect.status(),
                    delivery == null ? "unknown" : delivery.status()));
      } else if (delivery.kind().equals("page")
          && delivery.status().equals("DELIVERED")
          && !paged.contains(facts.services.getOrDefault(delivery.incident(), ""))) {
        add(
            Check.LEDGER_DISAGREES,
            delivery.delivery() + " is delivered, and PagerDuty never took it");
      }
    }
    deliveries.keySet().forEach(id -> add(Check.LEDGER_DISAGREES, id + " is not in the ledger"));
  }

  private static boolean same(String effect, String delivery) {
    return effect.equals(delivery.equals("DELIVERED") ? "DONE" : delivery);
  }

  private void accounting() {
    Entry.Accounted accounted = facts.last(Entry.Accounted.class);
    if (accounted == null) {
      add(Check.ACCOUNTING_OPEN, "it could not be read");
      return;
    }
    if (accounted.unexplained() != 0) {
      add(Check.ACCOUNTING_OPEN, accounted.unexplained() + " alerts are unexplained");
    }
    int least = facts.fired.size() + facts.resolved.size();
    if (accounted.accepted() < least) {
      add(
          Check.ACCOUNTING_SHORT,
          "%d accepted, and at least %d were".formatted(accounted.accepted(), least));
    }
  }

  private void add(Check check, String what) {
    findings.add(new Finding(check, what));
  }
}
