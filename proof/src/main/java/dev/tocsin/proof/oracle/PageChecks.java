// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

import dev.tocsin.proof.history.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PagerDuty, played again from the calls it took: a trigger opens an incident unless one is open
 * under its key, and a resolve ends it.
 */
final class PageChecks {

  /** What PagerDuty, or the second channel, has of one dedup key in the end. */
  private record Standing(String service, int opened, boolean open, boolean atFirst) {}

  private final Facts facts;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Standing> keys = new HashMap<>();

  PageChecks(Facts facts) {
    this.facts = facts;
  }

  List<Finding> findings() {
    play();
    perKey();
    perService();
    overlaps();
    pace();
    return findings;
  }

  private void play() {
    for (Entry.Paged page : facts.pages) {
      if (page.taken()) {
        Standing before =
            keys.getOrDefault(page.key(), new Standing(page.service(), 0, false, page.isAtFirst()));
        keys.put(
            page.key(),
            switch (page.action()) {
              case "trigger" ->
                  before.open()
                      ? before
                      : new Standing(page.service(), before.opened() + 1, true, before.atFirst());
              case "resolve" ->
                  new Standing(before.service(), before.opened(), false, before.atFirst());
              default -> before;
            });
      }
    }
  }

  private void perKey() {
    keys.forEach(
        (key, standing) -> {
          String service = standing.service();
          if (standing.opened() > 1) {
            add(
                Check.PAGE_DOUBLED,
                "%s: %d incidents of %s".formatted(service, standing.opened(), key));
          }
          if (standing.opened() > 0 && !facts.tried.contains(service)) {
            add(Check.PAGE_UNASKED, "%s of %s".formatted(key, service));
          }
          if (standing.open() && facts.resolved.contains(service)) {
            add(Check.PAGE_LEFT_OPEN, "%s of %s".formatted(key, service));
          }
          if (standing.opened() > 0
              && !standing.open()
              && !facts.triedToResolve.contains(service)) {
            add(Check.PAGE_CLOSED, "%s of %s".formatted(key, service));
          }
        });
  }

  private void perService() {
    Map<String, Integer> paged = new HashMap<>();
    Map<String, Integer> atSecond = new HashMap<>();
    keys.values().stream()
        .filter(standing -> standing.opened() > 0)
        .forEach(
            standing ->
                (standing.atFirst() ? paged : atSecond).merge(standing.service(), 1, Integer::sum));
    for (String service : facts.fired) {
      int pages = Math.max(paged.getOrDefault(service, 0), atSecond.getOrDefault(service, 0));
      if (pages == 0) {
        add(Check.PAGE_LOST, service);
      } else if (pages > Math.max(1, facts.epochs(service).size())) {
        add(Check.PAGE_DOUBLED, "%s: %d keys".formatted(service, pages));
      }
    }
  }

  private void overlaps() {
    Facts.by(facts.pages.stream().filter(Entry.Paged::taken).toList(), Entry.Paged::key)
        .forEach(
            (key, calls) ->
                calls.stream()
                    .filter(Entry.Paged::isTrigger)
                    .filter(trigger -> calls.stream().anyMatch(c -> isResolveDuring(trigger, c)))
                    .forEach(trigger -> add(Check.PAGE_OVERLAPPED, key + " at " + trigger.at())));
  }

  /** A lane may save up a twelfth of a minute: see {@code Pace}. */
  private void pace() {
    Entry.Paced paced = facts.last(Entry.Paced.class);
    if (paced != null) {
      int most = Math.max(1, paced.perMinute() / 12) + paced.perMinute();
      int seen = BusiestMinute.of(facts.pages.stream().filter(Entry.Paged::isAtFirst).toList());
      if (seen > most) {
        add(Check.PAGE_TOO_FAST, "%d in a minute, and %d were allowed".formatted(seen, most));
      }
    }
  }

  private static boolean isResolveDuring(Entry.Paged trigger, Entry.Paged call) {
    return call.action().equals("resolve")
        && call.at().isBefore(trigger.answeredAt())
        && trigger.at().isBefore(call.answeredAt());
  }

  private void add(Check check, String what) {
    findings.add(new Finding(check, what));
  }
}
