// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source.alertmanager;

import dev.tocsin.ingest.source.AlertSource;
import dev.tocsin.ingest.source.Members;
import dev.tocsin.ingest.source.Message;
import dev.tocsin.ingest.source.Report;
import dev.tocsin.ingest.source.SeverityWords;
import dev.tocsin.ingest.source.Times;
import dev.tocsin.ingest.source.Wording;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Alertmanager's webhook, version 4. A bare array of alerts, as Alertmanager's own API takes and
 * gives it, is read too.
 */
public final class AlertmanagerSource implements AlertSource {

  @Override
  public String type() {
    return "alertmanager";
  }

  @Override
  public Fit fits(Message message) {
    if (!message.hasAlerts()) {
      return Fit.NO;
    }
    return message.bare() || "4".equals(message.top().text("version")) ? Fit.CERTAIN : Fit.POSSIBLE;
  }

  @Override
  public List<Report> read(Message message, Instant receivedAt) {
    return message.elements().stream()
        .map(element -> report(message.top(), element, receivedAt))
        .toList();
  }

  private static Report report(Members top, Message.Element element, Instant receivedAt) {
    Members alert = element.members();
    Map<String, String> labels = Wording.labels(alert, top);
    Map<String, String> annotations = Wording.annotations(alert, top);
    Instant startsAt = Times.read(alert.text("startsAt"), receivedAt);
    Instant endsAt = Times.read(alert.text("endsAt"), receivedAt);
    AlertStatus status = status(alert, top, endsAt, receivedAt);
    return new Report(
        "",
        alert.text("fingerprint"),
        AlertKind.CONDITION,
        status,
        SeverityWords.of(labels),
        Wording.title(labels, annotations),
        labels,
        annotations,
        startsAt,
        status == AlertStatus.RESOLVED ? endsAt : null,
        top.text("groupKey"),
        top.texts("groupLabels"),
        null,
        Map.of(),
        Wording.links(alert, annotations),
        top.count("truncatedAlerts"),
        element.raw(),
        Wording.notes(startsAt, endsAt));
  }

  /** The API gives an object for a status: an alert it lists is firing, silenced or not. */
  private static AlertStatus status(
      Members alert, Members top, @Nullable Instant endsAt, Instant now) {
    JsonNode status = alert.find("status");
    return status != null && status.isObject()
        ? AlertStatus.FIRING
        : Wording.status(alert, top, endsAt, now);
  }
}
