// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.callback;

import dev.tocsin.schemas.incident.IncidentEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The unresolved incidents, folded from their events. It holds the latest {@value #MOST}: who has
 * more open than that learns of the oldest from their alerts only.
 */
final class WatchList {

  static final int MOST = 20_000;

  private final Map<String, Watched> unresolved = bounded();

  /** Groups of incidents that may be reopened: that event does not name the group. */
  private final Map<String, String> groupsOfResolved = bounded();

  void add(IncidentEvent event) {
    String id = event.incidentId();
    switch (event) {
      case IncidentEvent.Opened e ->
          unresolved.putIfAbsent(id, Watched.unresolved(id, e.epoch(), e.group()));
      case IncidentEvent.Acknowledged _ -> change(id, Watched::acknowledge);
      case IncidentEvent.Resolved _ -> {
        Watched resolved = unresolved.remove(id);
        if (resolved != null) {
          groupsOfResolved.put(id, resolved.group());
        }
      }
      case IncidentEvent.Reopened e -> {
        String group = groupsOfResolved.remove(id);
        if (group != null) {
          unresolved.put(id, Watched.unresolved(id, e.epoch(), group));
        }
      }
      case IncidentEvent.AlertAdded _,
          IncidentEvent.AlertCleared _,
          IncidentEvent.AnomalyAdded _,
          IncidentEvent.SeverityRaised _,
          IncidentEvent.FlappingStarted _,
          IncidentEvent.FlappingEnded _,
          IncidentEvent.NoteAdded _,
          IncidentEvent.MovedOut _,
          IncidentEvent.MovedIn _,
          IncidentEvent.Related _ -> {}
    }
  }

  /** A command was written. */
  void asked(String incidentId, Watched.Asked what) {
    change(incidentId, watched -> watched.ask(what));
  }

  Collection<Watched> unresolved() {
    return List.copyOf(unresolved.values());
  }

  /** Dedup keys of those whose end has not been asked for. */
  Set<String> dedupKeys() {
    return unresolved.values().stream()
        .filter(watched -> watched.asked() != Watched.Asked.RESOLVE)
        .map(Watched::dedupKey)
        .collect(Collectors.toSet());
  }

  private void change(String id, UnaryOperator<Watched> to) {
    unresolved.computeIfPresent(id, (_, watched) -> to.apply(watched));
  }

  private static <V> Map<String, V> bounded() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST;
      }
    };
  }
}
