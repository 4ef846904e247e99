// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.simulation;

import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What happens to one incident, from its opening to its end. */
final class Story {

  private static final Links NOWHERE = new Links(null, null, null, null, null, null);

  private Story() {}

  /** Events in their order; the last of each epoch resolves it. */
  static List<IncidentEvent> of(String id, Instant begin, Chance chance) {
    List<IncidentEvent> events = new ArrayList<>();
    Instant at = begin;
    IncidentAlert alert = alert(id, "Down", at);
    events.add(
        new IncidentEvent.Opened(
            id, at, 1, "1/" + id, Map.of("service", id), "Down", Severity.CRITICAL, alert, null));
    at = epoch(events, id, 1, at, chance);
    if (chance.of(300)) {
      at = at.plus(chance.millis(1_000, 600_000));
      events.add(new IncidentEvent.Reopened(id, at, 2, alert(id, "Down", at)));
      at = epoch(events, id, 2, at, chance);
    }
    return events;
  }

  private static Instant epoch(
      List<IncidentEvent> events, String id, int epoch, Instant from, Chance chance) {
    Instant at = from;
    if (chance.of(300)) {
      at = at.plus(chance.millis(10, 30_000));
      events.add(new IncidentEvent.AlertAdded(id, at, epoch, alert(id, "Slow", at)));
    }
    if (chance.of(300)) {
      at = at.plus(chance.millis(10, 60_000));
      events.add(new IncidentEvent.Acknowledged(id, at, epoch, "alice", "console"));
    }
    if (chance.of(200)) {
      at = at.plus(chance.millis(10, 60_000));
      events.add(new IncidentEvent.NoteAdded(id, at, epoch, "alice", "console", "looking"));
    }
    // Half of them are over at once: the resolve is planned before the page has left.
    at = at.plus(chance.of(500) ? chance.millis(10, 5_000) : chance.millis(5_000, 1_200_000));
    events.add(
        new IncidentEvent.Resolved(
            id, at, epoch, IncidentEvent.Cause.ALL_CLEAR, "grafana", "grafana"));
    return at;
  }

  private static IncidentAlert alert(String id, String title, Instant at) {
    return new IncidentAlert(
        "alert-" + id + '-' + title + '-' + at.toEpochMilli(),
        "grafana",
        "1",
        "fp-" + title,
        AlertKind.CONDITION,
        AlertStatus.FIRING,
        Severity.CRITICAL,
        title,
        Map.of("alertname", title, "service", id),
        Map.of("summary", title),
        at,
        null,
        at,
        Map.of(),
        NOWHERE,
        0);
  }
}
