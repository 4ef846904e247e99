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
              h ->
                  plus(
                      h,
                      logged(start(h).plusSeconds(1), "alr_later"),
                      logged(start(h), "alr_earlier"))));

  private OrderPlants() {}

  private static Instant start(List<Entry> history) {
    return history.getFirst().at();
  }

  private static Entry.Logged logged(Instant receivedAt, String alert) {
    return new Entry.Logged(receivedAt.plusSeconds(5), receivedAt, alert, "grafana", 0);
  }

  private static List<Entry> plus(List<Entry> history, Entry... more) {
    List<Entry> all = new ArrayList<>(history);
    all.addAll(List.of(more));
    return all;
  }
}
