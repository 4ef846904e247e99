// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.accounting;

import dev.tocsin.console.ConsoleMetrics;
import dev.tocsin.console.alert.Alerts;
import dev.tocsin.console.effect.Effects;
import dev.tocsin.console.incident.Incidents;
import dev.tocsin.console.view.Counters;
import dev.tocsin.console.view.Rows;

/** The accounting as numbers to draw and to be alerted by. */
public final class AccountingGauges {

  public AccountingGauges(Rows rows, ConsoleMetrics metrics) {
    metrics.gauge("tocsin.accounting.accepted", () -> Counters.of(rows).sum(Alerts.ACCEPTED));
    metrics.gauge("tocsin.accounting.accounted", () -> Counters.of(rows).sum(Alerts.OUTCOMES));
    metrics.gauge(
        "tocsin.accounting.unexplained",
        () -> {
          Counters counters = Counters.of(rows);
          return counters.sum(Alerts.ACCEPTED) - counters.sum(Alerts.OUTCOMES);
        });
    metrics.gauge(
        "tocsin.accounting.effects.unexplained",
        () ->
            Effects.byChannel(Counters.of(rows)).values().stream()
                .mapToLong(Effects.OfChannel::unexplained)
                .sum());
    metrics.gauge(
        "tocsin.incidents.open",
        () -> Counters.of(rows).of(Incidents.COUNTED_AS).getOrDefault("OPEN", 0L));
  }
}
