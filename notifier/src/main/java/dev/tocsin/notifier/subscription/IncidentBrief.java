// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.incident.IncidentStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An incident as subscribers see and filter it. It has one size, however many alerts there are.
 *
 * @param groupLabels the labels that make its group
 * @param alertLabels the labels that all its alerts have in common
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record IncidentBrief(
    String id,
    int epoch,
    IncidentStatus status,
    Severity severity,
    String title,
    Map<String, String> groupLabels,
    Map<String, String> alertLabels,
    Instant openedAt,
    @Nullable Instant resolvedAt,
    @Nullable String acknowledgedBy,
    @Nullable String parent) {

  /** The brief after an event; null when it is not known how the incident began. */
  static @Nullable IncidentBrief after(@Nullable IncidentBrief before, IncidentEvent event) {
    if (event instanceof IncidentEvent.Opened e && before == null) {
      return new IncidentBrief(
          e.incidentId(),
          e.epoch(),
          IncidentStatus.OPEN,
          e.severity(),
          e.title(),
          e.groupLabels(),
          e.alert().labels(),
          e.at(),
          null,
          null,
          e.parent());
    }
    return before == null || !event.isNewsTo(before.epoch, before.isResolved())
        ? before
        : before.after(event);
  }

  private boolean isResolved() {
    return status == IncidentStatus.RESOLVED;
  }

  private IncidentBrief after(IncidentEvent event) {
    return switch (event) {
      case IncidentEvent.AlertAdded e -> with(e.alert());
      case IncidentEvent.SeverityRaised e ->
          with(epoch, status, e.to(), alertLabels, resolvedAt, acknowledgedBy);
      case IncidentEvent.Acknowledged e ->
          with(epoch, IncidentStatus.ACKNOWLEDGED, severity, alertLabels, resolvedAt, e.by());
      case IncidentEvent.Resolved e ->
          with(epoch, IncidentStatus.RESOLVED, severity, alertLabels, e.at(), acknowledgedBy);
      case IncidentEvent.Reopened e ->
          new IncidentBrief(
                  id,
                  e.epoch(),
                  IncidentStatus.OPEN,
                  severity,
                  title,
                  groupLabels,
                  alertLabels,
                  openedAt,
                  null,
                  null,
                  null)
              .with(e.alert());
      case IncidentEvent.Opened _,
          IncidentEvent.AlertCleared _,
          IncidentEvent.AnomalyAdded _,
          IncidentEvent.FlappingStarted _,
          IncidentEvent.FlappingEnded _,
          IncidentEvent.NoteAdded _,
          IncidentEvent.MovedOut _,
          IncidentEvent.MovedIn _,
          IncidentEvent.Related _ ->
          this;
    };
  }

  /** All labels that are true of it; the group's win. */
  Map<String, String> labels() {
    Map<String, String> all = new TreeMap<>(alertLabels);
    all.putAll(groupLabels);
    return all;
  }

  private IncidentBrief with(IncidentAlert alert) {
    Map<String, String> common = new LinkedHashMap<>(alertLabels);
    common.entrySet().removeIf(l -> !l.getValue().equals(alert.labels().get(l.getKey())));
    return with(
        epoch, status, severity, Collections.unmodifiableMap(common), resolvedAt, acknowledgedBy);
  }

  private IncidentBrief with(
      int epoch,
      IncidentStatus status,
      Severity severity,
      Map<String, String> alertLabels,
      @Nullable Instant resolvedAt,
      @Nullable String acknowledgedBy) {
    return new IncidentBrief(
        id,
        epoch,
        status,
        severity,
        title,
        groupLabels,
        alertLabels,
        openedAt,
        resolvedAt,
        acknowledgedBy,
        parent);
  }
}
