// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.incident;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.FirstCause;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.incident.IncidentStatus;
import dev.tocsin.schemas.incident.Relation;
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
 * @param relations other incidents that have to do with it, the strongest first
 * @param moreRelations how many further ones are not listed
 * @param firstCause which of them all was likely there first; null when it has to do with none
 * @param mergedInto the incident it is part of; null when it is none's
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
    List<Relation> relations,
    int moreRelations,
    @Nullable FirstCause firstCause,
    @Nullable String mergedInto,
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
      List<IncidentEvent> events,
      List<Run> runs,
      List<Delivery> deliveries,
      List<TimelineEntry> timeline,
      boolean timelineComplete) {
    IncidentEvent.Related related = last(events, IncidentEvent.Related.class);
    IncidentEvent.MovedOut moved = last(events, IncidentEvent.MovedOut.class);
    String mergedInto =
        moved != null && moved.whole() && incident.isResolved() ? moved.into() : null;
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
        related == null ? List.of() : related.relations(),
        related == null ? 0 : related.more(),
        related == null ? null : related.firstCause(),
        mergedInto,
        runs,
        deliveries,
        timeline,
        timelineComplete);
  }

  private static <E extends IncidentEvent> @Nullable E last(
      List<IncidentEvent> events, Class<E> type) {
    return events.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .reduce((_, later) -> later)
        .orElse(null);
  }
}
