// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.accounting;

import dev.tocsin.console.alert.Alerts;
import dev.tocsin.console.deadletter.DeadLetters;
import dev.tocsin.console.delivery.Deliveries;
import dev.tocsin.console.effect.Effects;
import dev.tocsin.console.incident.Incidents;
import dev.tocsin.console.view.Counters;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Whether every accepted alert and every planned effect has come to an end: {@code accepted =
 * accounted + unexplained}, and for each channel {@code planned = done + pending + dead + cancelled
 * + unexplained}.
 *
 * @param unexplained alerts without an outcome; those on their way are among them for a moment
 * @param oldestUnexplained some of them, the longest waiting first
 * @param repeatedOutcomes outcomes that came a second time for one alert: there should be none
 * @param sources accepted alerts by source
 * @param effects by channel
 * @param unexplainedEffects effects that were planned and that no lane has said anything of
 * @param oldestUnexplainedEffects some of them, the longest waiting first
 * @param deadLetters by service, and by what people did with them
 */
public record Accounting(
    long accepted,
    long accounted,
    long unexplained,
    List<WaitingAlert> oldestUnexplained,
    long repeatedOutcomes,
    Map<String, Long> outcomes,
    Map<String, Long> reasons,
    Map<String, Long> sources,
    Map<String, Long> incidents,
    Map<String, Effects.OfChannel> effects,
    long unexplainedEffects,
    List<WaitingEffect> oldestUnexplainedEffects,
    Map<String, Long> deliveries,
    Map<String, DeadLetters.OfService> deadLetters) {

  private static final int SHOWN = 10;

  /** An alert without an outcome, and for how long it has been that. */
  record WaitingAlert(
      String id, String source, String title, Instant receivedAt, long waitingSeconds) {}

  /** An effect no lane has said anything of, and for how long. */
  record WaitingEffect(
      String id, String endpoint, String incidentId, Instant plannedAt, long waitingSeconds) {}

  static Accounting of(
      Counters counters,
      List<Alerts.Unexplained> alerts,
      List<Effects.Unexplained> unexplainedEffects,
      Instant now) {
    long accepted = counters.sum(Alerts.ACCEPTED);
    long accounted = counters.sum(Alerts.OUTCOMES);
    Map<String, Effects.OfChannel> effects = Effects.byChannel(counters);
    return new Accounting(
        accepted,
        accounted,
        accepted - accounted,
        alerts.stream()
            .sorted(Comparator.comparing(Alerts.Unexplained::receivedAt))
            .limit(SHOWN)
            .map(
                a ->
                    new WaitingAlert(
                        a.id(), a.source(), a.title(), a.receivedAt(), since(a.receivedAt(), now)))
            .toList(),
        counters.sum(Alerts.REPEATED),
        counters.of(Alerts.OUTCOMES),
        counters.of(Alerts.REASONS),
        counters.of(Alerts.ACCEPTED),
        counters.of(Incidents.COUNTED_AS),
        effects,
        effects.values().stream().mapToLong(Effects.OfChannel::unexplained).sum(),
        unexplainedEffects.stream()
            .sorted(Comparator.comparing(Effects.Unexplained::plannedAt))
            .limit(SHOWN)
            .map(
                e ->
                    new WaitingEffect(
                        e.id(),
                        e.endpoint(),
                        e.incidentId(),
                        e.plannedAt(),
                        since(e.plannedAt(), now)))
            .toList(),
        counters.of(Deliveries.COUNTED_AS),
        DeadLetters.byService(counters));
  }

  private static long since(Instant then, Instant now) {
    return Math.max(0, Duration.between(then, now).toSeconds());
  }
}
