// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.knowledge;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.incident.IncidentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * As much of an incident as is worth remembering.
 *
 * @param note the last thing somebody said about it
 */
public record KnownIncident(
    String id,
    String title,
    Severity severity,
    IncidentStatus status,
    Map<String, String> labels,
    Instant openedAt,
    @Nullable Instant resolvedAt,
    String text,
    @Nullable String note)
    implements Item {

  private static final int LONGEST_TEXT = 600;
  private static final int LONGEST_NOTE = 300;

  public static KnownIncident of(Incident incident) {
    return new KnownIncident(
        incident.id(),
        incident.title(),
        incident.severity(),
        incident.status(),
        incident.groupLabels(),
        incident.openedAt(),
        incident.resolvedAt(),
        text(
            incident.title(),
            incident.groupLabels(),
            incident.alerts().values().stream().findFirst().orElse(null)),
        null);
  }

  static KnownIncident of(IncidentEvent.Opened e) {
    return new KnownIncident(
        e.incidentId(),
        e.title(),
        e.severity(),
        IncidentStatus.OPEN,
        e.groupLabels(),
        e.at(),
        null,
        text(e.title(), e.groupLabels(), e.alert()),
        null);
  }

  KnownIncident after(IncidentEvent event) {
    return switch (event) {
      case IncidentEvent.SeverityRaised e -> with(e.to(), status, resolvedAt, note);
      case IncidentEvent.Acknowledged _ ->
          with(severity, IncidentStatus.ACKNOWLEDGED, resolvedAt, note);
      case IncidentEvent.NoteAdded e ->
          with(severity, status, resolvedAt, cut(e.text(), LONGEST_NOTE));
      case IncidentEvent.Resolved e -> with(severity, IncidentStatus.RESOLVED, e.at(), note);
      case IncidentEvent.Reopened _ -> with(severity, IncidentStatus.OPEN, null, note);
      case IncidentEvent.Opened _,
          IncidentEvent.AlertAdded _,
          IncidentEvent.AlertCleared _,
          IncidentEvent.AnomalyAdded _,
          IncidentEvent.FlappingStarted _,
          IncidentEvent.FlappingEnded _,
          IncidentEvent.MovedOut _,
          IncidentEvent.MovedIn _,
          IncidentEvent.Related _ ->
          this;
    };
  }

  /** What became of it, in a sentence or two. */
  public String story() {
    String story =
        "%s, opened %s, %s (%s)."
            .formatted(
                severity,
                openedAt,
                resolvedAt == null ? status.toString() : "resolved after " + lasted(resolvedAt),
                id);
    return note == null ? story : story + " Last note: " + note;
  }

  /** How many labels it shares. */
  public long inCommon(Map<String, String> others) {
    return labels.entrySet().stream().filter(others.entrySet()::contains).count();
  }

  boolean isOpen() {
    return status != IncidentStatus.RESOLVED;
  }

  private String lasted(Instant until) {
    long minutes = Duration.between(openedAt, until).toMinutes();
    return minutes < 120 ? minutes + " min" : minutes / 60 + " h";
  }

  private static String text(
      String title, Map<String, String> labels, @Nullable IncidentAlert alert) {
    StringBuilder text = new StringBuilder(title);
    if (alert != null) {
      for (String annotation : new String[] {"summary", "description"}) {
        text.append(". ").append(alert.annotations().getOrDefault(annotation, ""));
      }
    }
    text.append(". ")
        .append(
            new TreeMap<>(labels)
                .entrySet().stream()
                    .map(l -> l.getKey() + ' ' + l.getValue())
                    .collect(Collectors.joining(", ")));
    // Numbers tell instances apart, not meanings; without them a thousand hosts are one text.
    return cut(text.toString().replaceAll("\\d+", "#"), LONGEST_TEXT);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }

  private KnownIncident with(
      Severity severity,
      IncidentStatus status,
      @Nullable Instant resolvedAt,
      @Nullable String note) {
    return new KnownIncident(id, title, severity, status, labels, openedAt, resolvedAt, text, note);
  }
}
