// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source.grafana;

import dev.tocsin.ingest.source.Members;
import dev.tocsin.ingest.source.Message;
import dev.tocsin.ingest.source.Report;
import dev.tocsin.ingest.source.SeverityWords;
import dev.tocsin.ingest.source.Text;
import dev.tocsin.ingest.source.Times;
import dev.tocsin.ingest.source.Wording;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One alert of Grafana's unified alerting (payload version 1). */
final class UnifiedAlert {

  private UnifiedAlert() {}

  static Report report(Members top, Message.Element element, Instant receivedAt) {
    Members alert = element.members();
    Map<String, String> labels = Wording.labels(alert, top);
    Map<String, String> annotations = Wording.annotations(alert, top);
    AlertKind kind = kind(top, alert, labels);
    Instant startsAt = Times.read(alert.text("startsAt"), receivedAt);
    Instant endsAt = Times.read(alert.text("endsAt"), receivedAt);
    AlertStatus status = Wording.status(alert, top, endsAt, receivedAt);
    String org = alert.has("orgId") ? alert.text("orgId") : top.text("orgId");
    return new Report(
        org == null ? "" : org,
        alert.text("fingerprint"),
        kind,
        status,
        SeverityWords.of(labels),
        title(kind, labels, annotations),
        labels,
        annotations,
        startsAt,
        status == AlertStatus.RESOLVED ? endsAt : null,
        top.text("groupKey"),
        top.texts("groupLabels"),
        stateReason(annotations),
        values(alert),
        Wording.links(alert, annotations),
        top.count("truncatedAlerts"),
        element.raw(),
        Wording.notes(startsAt, endsAt));
  }

  /**
   * Grafana renames an alert whose rule got no data or failed; the rule's name is then a label, and
   * the annotations still speak of the condition that nobody could look at.
   */
  private static AlertKind kind(Members top, Members alert, Map<String, String> labels) {
    if (TestNotification.isOne(top.text("groupKey"), alert.text("generatorURL"), labels)) {
      return AlertKind.TEST;
    }
    return switch (labels.getOrDefault("alertname", "")) {
      case "DatasourceNoData" -> AlertKind.NO_DATA;
      case "DatasourceError" -> AlertKind.ERROR;
      default -> AlertKind.CONDITION;
    };
  }

  private static String title(
      AlertKind kind, Map<String, String> labels, Map<String, String> annotations) {
    String rule = labels.getOrDefault("rulename", "a rule");
    return switch (kind) {
      case NO_DATA -> Text.line(rule + ": no data");
      case ERROR -> Text.line(rule + ": cannot be evaluated");
      case CONDITION, TEST, UNREADABLE, ANOMALY -> Wording.title(labels, annotations);
    };
  }

  private static @Nullable String stateReason(Map<String, String> annotations) {
    String reason = annotations.getOrDefault("grafana_state_reason", "").strip();
    return reason.isEmpty() ? null : Text.line(reason);
  }

  /** The values; before Grafana 9, and once resolved, they are only in a text for people. */
  private static Map<String, Double> values(Members alert) {
    Map<String, Double> values = alert.numbers("values");
    String text = alert.text("valueString");
    return values.isEmpty() && text != null ? ValueString.values(text) : values;
  }
}
