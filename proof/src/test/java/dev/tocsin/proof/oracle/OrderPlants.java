// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

import dev.tocsin.proof.history.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Bugs in the order of what is accepted and the pace of what is sent. */
final class OrderPlants {

  static final List<Plant> ALL =
      List.of(
          new Plant(
              "the lane forgets its pace",
              Check.PAGE_TOO_FAST,
              h -> plus(h, new Entry.Paced(start(h), 1))),
          new Plant(
              "what waits on disk is overtaken",
              Check.ALERT_DISORDERED,
              h -> plus(h, logged(accepted(h).getLast(), 0), logged(accepted(h).getFirst(), 1))));

  private OrderPlants() {}

  private static Instant start(List<Entry> history) {
    return history.getFirst().at();
  }

  /** In their order, by a clock that was set back in between: nothing is wrong with that. */
  static List<Entry> inOrderByAWrongClock(List<Entry> history) {
    return plus(
        history, logged(accepted(history).getFirst(), 300), logged(accepted(history).getLast(), 0));
  }

  private static List<Entry.Sent> accepted(List<Entry> history) {
    return history.stream()
        .filter(Entry.Sent.class::isInstance)
        .map(Entry.Sent.class::cast)
        .filter(Entry.Sent::isAccepted)
        .toList();
  }

  private static Entry.Logged logged(Entry.Sent sent, int secondsLater) {
    return new Entry.Logged(
        sent.answeredAt(),
        sent.at().plusSeconds(secondsLater),
        "alr_" + sent.service(),
        "grafana",
        0,
        sent.service(),
        sent.firing());
  }

  private static List<Entry> plus(List<Entry> history, Entry... more) {
    List<Entry> all = new ArrayList<>(history);
    all.addAll(List.of(more));
    return all;
  }
}
