// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.incident;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An incident as its events so far tell it. Every service that needs one folds it from the {@code
 * incidents} topic.
 *
 * @param alerts the conditions in it by identity, oldest first; the first {@value #MOST_ALERTS},
 *     the rest is counted
 * @param moreAlerts how many further reports of conditions came that are not listed
 * @param flapping whether flapping is the last that was said of a condition: it starts with any and
 *     ends with any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Incident(
    String id,
    int epoch,
    IncidentStatus status,
    Severity severity,
    String title,
    String group,
    Map<String, String> groupLabels,
    Instant openedAt,
    Instant updatedAt,
    @Nullable Instant resolvedAt,
    @Nullable String acknowledgedBy,
    @Nullable String parent,
    Map<String, IncidentAlert> alerts,
    int moreAlerts,
    boolean flapping) {

  /** Beyond this many, alerts are counted, so that an incident still fits a record. */
  public static final int MOST_ALERTS = 100;

  public static Incident opened(IncidentEvent.Opened e) {
    return new Incident(
        e.incidentId(),
        e.epoch(),
        IncidentStatus.OPEN,
        e.severity(),
        e.title(),
        e.group(),
        e.groupLabels(),
        e.at(),
        e.at(),
        null,
        null,
        e.parent(),
        Map.of(e.alert().identity(), e.alert()),
        0,
        false);
  }

  /** Whether an event says what is not known of it yet. */
  public boolean isNews(IncidentEvent event) {
    return event.isNewsTo(epoch, isResolved());
  }

  /** The incident after the next event; one that is no news changes nothing. */
  public Incident after(IncidentEvent event) {
    if (!isNews(event)) {
      return this;
    }
    return switch (event) {
      case IncidentEvent.Opened _ -> this;
      case IncidentEvent.Related e -> at(e.at());
      // Of one that is over, people still want to see what it was.
      case IncidentEvent.MovedOut e when e.whole() -> at(e.at());
      case IncidentEvent.MovedOut e -> without(e.identities()).at(e.at());
      case IncidentEvent.MovedIn e -> at(e.at());
      case IncidentEvent.AlertAdded e -> with(e.alert()).at(e.at());
      case IncidentEvent.AlertCleared e -> cleared(e.identity(), e.at());
      case IncidentEvent.AnomalyAdded e -> at(e.at());
      case IncidentEvent.SeverityRaised e -> raised(e.to()).at(e.at());
      case IncidentEvent.FlappingStarted e -> flapping(true).at(e.at());
      case IncidentEvent.FlappingEnded e -> flapping(false).at(e.at());
      case IncidentEvent.Acknowledged e -> acknowledged(e);
      case IncidentEvent.NoteAdded e -> at(e.at());
      case IncidentEvent.Resolved e -> resolved(e.at());
      case IncidentEvent.Reopened e -> reopened(e);
    };
  }

  @JsonIgnore
  public boolean isResolved() {
    return status == IncidentStatus.RESOLVED;
  }

  /** How many of the listed conditions are still firing. */
  public long firing() {
    return alerts.values().stream().filter(a -> a.status() == AlertStatus.FIRING).count();
  }

  private Incident with(IncidentAlert alert) {
    if (alerts.size() >= MOST_ALERTS && !alerts.containsKey(alert.identity())) {
      return copy(
          epoch,
          status,
          severity,
          updatedAt,
          resolvedAt,
          acknowledgedBy,
          alerts,
          moreAlerts + 1,
          flapping);
    }
    Map<String, IncidentAlert> more = new LinkedHashMap<>(alerts);
    more.put(alert.identity(), alert);
    return copy(
        epoch,
        status,
        severity,
        updatedAt,
        resolvedAt,
        acknowledgedBy,
        Collections.unmodifiableMap(more),
        moreAlerts,
        flapping);
  }

  private Incident cleared(String identity, Instant at) {
    IncidentAlert alert = alerts.get(identity);
    return (alert == null ? this : with(alert.cleared(at))).at(at);
  }

  private Incident without(List<String> identities) {
    Map<String, IncidentAlert> fewer = new LinkedHashMap<>(alerts);
    fewer.keySet().removeAll(identities);
    return copy(
        epoch,
        status,
        severity,
        updatedAt,
        resolvedAt,
        acknowledgedBy,
        Collections.unmodifiableMap(fewer),
        moreAlerts,
        flapping);
  }

  private Incident at(Instant at) {
    return copy(
        epoch, status, severity, at, resolvedAt, acknowledgedBy, alerts, moreAlerts, flapping);
  }

  private Incident raised(Severity to) {
    return copy(
        epoch, status, to, updatedAt, resolvedAt, acknowledgedBy, alerts, moreAlerts, flapping);
  }

  private Incident flapping(boolean flaps) {
    return copy(
        epoch, status, severity, updatedAt, resolvedAt, acknowledgedBy, alerts, moreAlerts, flaps);
  }

  private Incident acknowledged(IncidentEvent.Acknowledged e) {
    return copy(
        epoch,
        IncidentStatus.ACKNOWLEDGED,
        severity,
        e.at(),
        resolvedAt,
        e.by(),
        alerts,
        moreAlerts,
        flapping);
  }

  private Incident resolved(Instant at) {
    return copy(
        epoch,
        IncidentStatus.RESOLVED,
        severity,
        at,
        at,
        acknowledgedBy,
        alerts,
        moreAlerts,
        flapping);
  }

  /** A storm that spoke for it does so no longer. */
  private Incident reopened(IncidentEvent.Reopened e) {
    return new Incident(
            id,
            e.epoch(),
            IncidentStatus.OPEN,
            severity,
            title,
            group,
            groupLabels,
            openedAt,
            e.at(),
            null,
            null,
            null,
            alerts,
            moreAlerts,
            flapping)
        .with(e.alert());
  }

  private Incident copy(
      int epoch,
      IncidentStatus status,
      Severity severity,
      Instant updatedAt,
      @Nullable Instant resolvedAt,
      @Nullable String acknowledgedBy,
      Map<String, IncidentAlert> alerts,
      int moreAlerts,
      boolean flapping) {
    return new Incident(
        id,
        epoch,
        status,
        severity,
        title,
        group,
        groupLabels,
        openedAt,
        updatedAt,
        resolvedAt,
        acknowledgedBy,
        parent,
        alerts,
        moreAlerts,
        flapping);
  }
}
