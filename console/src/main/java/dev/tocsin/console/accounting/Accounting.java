// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.accounting;

import dev.tocsin.console.alert.Alerts;
import dev.tocsin.console.deadletter.DeadLetters;
import dev.tocsin.console.delivery.Deliveries;
import dev.tocsin.console.incident.Incidents;
import dev.tocsin.console.view.Counters;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Whether every accepted alert has come to an end: {@code accepted = accounted + unexplained}.
 *
 * @param unexplained alerts without an outcome; those on their way are among them for a moment
 * @param oldestUnexplained some of them, the longest waiting first
 * @param repeatedOutcomes outcomes that came a second time for one alert: there should be none
 * @param sources accepted alerts by source
 */
public record Accounting(
    long accepted,
    long accounted,
    long unexplained,
    List<Alerts.Unexplained> oldestUnexplained,
    long repeatedOutcomes,
    Map<String, Long> outcomes,
    Map<String, Long> reasons,
    Map<String, Long> sources,
    Map<String, Long> incidents,
    Map<String, Long> deliveries,
    Map<String, Long> deadLetters) {

  static Accounting of(Counters counters, List<Alerts.Unexplained> unexplained) {
    long accepted = counters.sum(Alerts.ACCEPTED);
    long accounted = counters.sum(Alerts.OUTCOMES);
    return new Accounting(
        accepted,
        accounted,
        accepted - accounted,
        unexplained.stream()
            .sorted(Comparator.comparing(Alerts.Unexplained::receivedAt))
            .limit(10)
            .toList(),
        counters.sum(Alerts.REPEATED),
        counters.of(Alerts.OUTCOMES),
        counters.of(Alerts.REASONS),
        counters.of(Alerts.ACCEPTED),
        counters.of(Incidents.COUNTED_AS),
        counters.of(Deliveries.COUNTED_AS),
        counters.of(DeadLetters.COUNTED_AS));
  }
}
