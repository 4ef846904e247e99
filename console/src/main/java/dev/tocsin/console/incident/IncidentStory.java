// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.incident;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentStatus;
import dev.tocsin.schemas.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One incident with all that is known around it.
 *
 * @param children those that a storm's incident speaks for; null when it speaks for none
 * @param context the latest; null while there is none
 * @param timelineComplete false when there is more than one answer holds
 */
public record IncidentStory(
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
    boolean flapping,
    List<IncidentAlert> alerts,
    int moreAlerts,
    @Nullable Children children,
    @Nullable Context context,
    List<Run> runs,
    List<Delivery> deliveries,
    List<TimelineEntry> timeline,
    boolean timelineComplete) {

  /**
   * Incidents that open under a storm's.
   *
   * @param latest the latest of them
   * @param href where all of them are listed
   */
  public record Children(
      long count, Map<String, Long> byStatus, List<IncidentSummary> latest, String href) {}

  static IncidentStory of(
      Incident incident,
      @Nullable Children children,
      @Nullable Context context,
      List<Run> runs,
      List<Delivery> deliveries,
      List<TimelineEntry> timeline,
      boolean timelineComplete) {
    return new IncidentStory(
        incident.id(),
        incident.epoch(),
        incident.status(),
        incident.severity(),
        incident.title(),
        incident.group(),
        incident.groupLabels(),
        incident.openedAt(),
        incident.updatedAt(),
        incident.resolvedAt(),
        incident.acknowledgedBy(),
        incident.parent(),
        incident.flapping(),
        List.copyOf(incident.alerts().values()),
        incident.moreAlerts(),
        children,
        context,
        runs,
        deliveries,
        timeline,
        timelineComplete);
  }
}
