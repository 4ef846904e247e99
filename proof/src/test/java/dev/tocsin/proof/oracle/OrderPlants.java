// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.oracle;

import static dev.tocsin.proof.oracle.Plant.keep;
import static dev.tocsin.proof.oracle.Plant.plus;

import dev.tocsin.proof.history.Entry;
import java.time.Instant;
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
              h ->
                  inTopic(h, logged(accepted(h).getLast(), 0), logged(accepted(h).getFirst(), 1))));

  private OrderPlants() {}

  private static Instant start(List<Entry> history) {
    return history.getFirst().at();
  }

  /** In their order, by a clock that was set back in between: nothing is wrong with that. */
  static List<Entry> inOrderByAWrongClock(List<Entry> history) {
    return inTopic(
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

  /** As if the topic of alerts held these alone. */
  private static List<Entry> inTopic(List<Entry> history, Entry... alerts) {
    List<Entry> all = keep(history, e -> !(e instanceof Entry.Logged));
    all.addAll(List.of(alerts));
    return all;
  }
}
