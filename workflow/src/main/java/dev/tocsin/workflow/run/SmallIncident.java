// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import dev.tocsin.schemas.Cut;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An incident that fits a record whatever its alerts carry: long values are cut, and when many
 * alerts carry much, further ones lose their labels and annotations.
 */
final class SmallIncident {

  private static final int MOST_ENTRIES = 40;
  private static final int LONGEST_VALUE = 1_000;

  /** Of alerts as JSON: one that would make it more comes without what describes it. */
  private static final int MOST_BYTES = 300_000;

  private static final int BYTES_OF_A_NUMBER = 24;

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
                  e.incidentId(), e.at(), e.epoch(), cut(incident, e.alert())));
      case IncidentEvent.Reopened e ->
          incident.after(
              new IncidentEvent.Reopened(
                  e.incidentId(), e.at(), e.epoch(), cut(incident, e.alert())));
      default -> incident.after(event);
    };
  }

  private static IncidentAlert cut(Incident incident, IncidentAlert alert) {
    IncidentAlert whole = cut(alert, false);
    long bytes = incident.alerts().values().stream().mapToLong(SmallIncident::bytes).sum();
    return bytes + bytes(whole) > MOST_BYTES ? cut(alert, true) : whole;
  }

  private static long bytes(IncidentAlert a) {
    return bytes(a.title())
        + bytes(a.labels())
        + bytes(a.annotations())
        + a.values().keySet().stream().mapToLong(n -> bytes(n) + BYTES_OF_A_NUMBER).sum()
        + bytes(a.links());
  }

  private static long bytes(Map<String, String> entries) {
    return entries.entrySet().stream()
        .mapToLong(e -> bytes(e.getKey()) + bytes(e.getValue()))
        .sum();
  }

  private static long bytes(Links l) {
    return Stream.of(l.generator(), l.dashboard(), l.panel(), l.silence(), l.image(), l.runbook())
        .filter(Objects::nonNull)
        .mapToLong(SmallIncident::bytes)
        .sum();
  }

  /** As JSON: what cannot be seen is written as an escape. */
  private static long bytes(String text) {
    return text.chars()
        .map(c -> c < ' ' ? 6 : c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3)
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
