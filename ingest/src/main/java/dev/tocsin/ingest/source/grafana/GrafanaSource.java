// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source.grafana;

import dev.tocsin.ingest.source.AlertSource;
import dev.tocsin.ingest.source.Members;
import dev.tocsin.ingest.source.Message;
import dev.tocsin.ingest.source.Report;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Grafana's webhook contact point, and the notification channel of the legacy alerting. */
public final class GrafanaSource implements AlertSource {

  @Override
  public String type() {
    return "grafana";
  }

  @Override
  public Fit fits(Message message) {
    if (LegacyAlert.isOne(message)) {
      return Fit.CERTAIN;
    }
    if (!message.hasAlerts() || message.bare()) {
      return Fit.NO;
    }
    return isGrafanas(message) ? Fit.CERTAIN : Fit.POSSIBLE;
  }

  private static boolean isGrafanas(Message message) {
    Members top = message.top();
    return !"4".equals(top.text("version"))
        && (Stream.of("orgId", "state", "title", "appVersion").anyMatch(top::has)
            || "1".equals(top.text("version"))
            || message.anyAlertHas(
                "valueString", "values", "silenceURL", "dashboardURL", "ruleUID"));
  }

  @Override
  public List<Report> read(Message message, Instant receivedAt) {
    return LegacyAlert.isOne(message)
        ? List.of(LegacyAlert.report(message))
        : message.elements().stream()
            .map(element -> UnifiedAlert.report(message.top(), element, receivedAt))
            .toList();
  }
}
