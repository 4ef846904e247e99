// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.incident;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentStatus;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An incident as a line of a list.
 *
 * @param alerts how many conditions are in it
 * @param firing how many of them still fire
 */
public record IncidentSummary(
    String id,
    int epoch,
    IncidentStatus status,
    Severity severity,
    String title,
    Map<String, String> groupLabels,
    Instant openedAt,
    Instant updatedAt,
    @Nullable Instant resolvedAt,
    @Nullable String acknowledgedBy,
    @Nullable String parent,
    int alerts,
    long firing,
    boolean flapping) {

  static IncidentSummary of(Incident incident) {
    return new IncidentSummary(
        incident.id(),
        incident.epoch(),
        incident.status(),
        incident.severity(),
        incident.title(),
        incident.groupLabels(),
        incident.openedAt(),
        incident.updatedAt(),
        incident.resolvedAt(),
        incident.acknowledgedBy(),
        incident.parent(),
        incident.alerts().size() + incident.moreAlerts(),
        incident.firing(),
        incident.flapping());
  }

  /** Whether the words are in what a person would look for it by. */
  boolean says(String words) {
    String low = words.toLowerCase(Locale.ROOT);
    return id.equals(words)
        || title.toLowerCase(Locale.ROOT).contains(low)
        || groupLabels.entrySet().stream()
            .anyMatch(
                label ->
                    (label.getKey() + '=' + label.getValue())
                        .toLowerCase(Locale.ROOT)
                        .contains(low));
  }
}
