// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.incident;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An alert as a member of an incident: what people need of it, without the raw message. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IncidentAlert(
    String alertId,
    String source,
    String org,
    String fingerprint,
    AlertKind kind,
    AlertStatus status,
    Severity severity,
    String title,
    Map<String, String> labels,
    Map<String, String> annotations,
    Instant startsAt,
    @Nullable Instant endsAt,
    Instant receivedAt,
    Map<String, Double> values,
    Links links,
    int truncated) {

  public static IncidentAlert of(Alert alert) {
    return new IncidentAlert(
        alert.id(),
        alert.source(),
        alert.org(),
        alert.fingerprint(),
        alert.kind(),
        alert.status(),
        alert.severity(),
        alert.title(),
        alert.labels(),
        alert.annotations(),
        alert.startsAt(),
        alert.endsAt(),
        alert.receivedAt(),
        alert.values(),
        alert.links(),
        alert.truncated());
  }

  /** The identity of the condition, over all sources. */
  public String identity() {
    return source + '/' + org + '/' + fingerprint;
  }

  IncidentAlert cleared(Instant at) {
    return new IncidentAlert(
        alertId,
        source,
        org,
        fingerprint,
        kind,
        AlertStatus.RESOLVED,
        severity,
        title,
        labels,
        annotations,
        startsAt,
        at,
        receivedAt,
        values,
        links,
        truncated);
  }
}
