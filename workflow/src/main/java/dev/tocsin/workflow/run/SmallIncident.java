// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import dev.tocsin.schemas.Cut;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An incident that fits a record whatever its alerts carry: long values are cut, and when many
 * alerts carry much, further ones lose their labels and annotations.
 */
final class SmallIncident {

  private static final int MOST_ENTRIES = 40;
  private static final int LONGEST_VALUE = 1_000;
  private static final int MOST_CHARACTERS = 100_000;

  private SmallIncident() {}

  static Incident opened(IncidentEvent.Opened e) {
    return Incident.opened(
        new IncidentEvent.Opened(
            e.incidentId(),
            e.at(),
            e.epoch(),
            e.group(),
            cut(e.groupLabels()),
            cut(e.title()),
            e.severity(),
            cut(e.alert(), false),
            e.parent()));
  }

  static Incident after(Incident incident, IncidentEvent event) {
    return switch (event) {
      case IncidentEvent.AlertAdded e ->
          incident.after(
              new IncidentEvent.AlertAdded(
                  e.incidentId(), e.at(), e.epoch(), cut(e.alert(), isFull(incident))));
      case IncidentEvent.Reopened e ->
          incident.after(
              new IncidentEvent.Reopened(
                  e.incidentId(), e.at(), e.epoch(), cut(e.alert(), isFull(incident))));
      default -> incident.after(event);
    };
  }

  private static boolean isFull(Incident incident) {
    return characters(incident.alerts().values()) > MOST_CHARACTERS;
  }

  private static long characters(Collection<IncidentAlert> alerts) {
    return alerts.stream()
        .mapToLong(a -> a.title().length() + characters(a.labels()) + characters(a.annotations()))
        .sum();
  }

  private static long characters(Map<String, String> entries) {
    return entries.entrySet().stream()
        .mapToLong(e -> e.getKey().length() + e.getValue().length())
        .sum();
  }

  private static IncidentAlert cut(IncidentAlert a, boolean bare) {
    return new IncidentAlert(
        a.alertId(),
        a.source(),
        a.org(),
        a.fingerprint(),
        a.kind(),
        a.status(),
        a.severity(),
        cut(a.title()),
        bare ? Map.of() : cut(a.labels()),
        bare ? Map.of() : cut(a.annotations()),
        a.startsAt(),
        a.endsAt(),
        a.receivedAt(),
        bare ? Map.of() : a.values(),
        bare ? Links.NONE : a.links(),
        a.truncated());
  }

  private static Map<String, String> cut(Map<String, String> entries) {
    Map<String, String> cut = new LinkedHashMap<>();
    entries.entrySet().stream()
        .limit(MOST_ENTRIES)
        .forEach(e -> cut.put(cut(e.getKey()), cut(e.getValue())));
    return cut;
  }

  private static String cut(String text) {
    return Cut.to(LONGEST_VALUE, text);
  }
}
