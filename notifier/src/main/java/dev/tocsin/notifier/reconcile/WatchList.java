// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.schemas.incident.IncidentEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Our incidents, folded from their events: the latest {@value #MOST} that are not over, and as many
 * that are. Who has more open than that learns of the oldest from their alerts only.
 */
final class WatchList {

  static final int MOST = 20_000;

  private final Map<String, Watched> unresolved = bounded();
  private final Map<String, Watched> resolved = bounded();

  synchronized void add(IncidentEvent event) {
    String id = event.incidentId();
    Watched known = find(id);
    if (known == null) {
      if (event instanceof IncidentEvent.Opened e) {
        unresolved.put(id, Watched.unresolved(id, e.epoch(), e.group(), e.at()));
      }
    } else if (event.isNewsTo(known.epoch(), known.isResolved())) {
      add(event, known);
    }
  }

  private void add(IncidentEvent event, Watched known) {
    String id = known.incidentId();
    switch (event) {
      case IncidentEvent.Acknowledged _ -> change(id, Watched::acknowledge);
      case IncidentEvent.Resolved e -> {
        unresolved.remove(id);
        resolved.put(id, known.resolve(e.at()));
      }
      case IncidentEvent.Reopened e -> {
        resolved.remove(id);
        // The event does not name the group.
        unresolved.put(id, Watched.unresolved(id, e.epoch(), known.group(), e.at()));
      }
      case IncidentEvent.Opened _,
          IncidentEvent.AlertAdded _,
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
  synchronized void asked(String incidentId, Watched.Asked what) {
    change(incidentId, watched -> watched.ask(what));
  }

  synchronized @Nullable Watched find(String incidentId) {
    Watched open = unresolved.get(incidentId);
    return open == null ? resolved.get(incidentId) : open;
  }

  synchronized Collection<Watched> unresolved() {
    return List.copyOf(unresolved.values());
  }

  /** Those that were over by {@code until}, and were not yet at {@code from}. */
  synchronized List<Watched> resolvedBetween(Instant from, Instant until) {
    return resolved.values().stream()
        .filter(
            watched ->
                watched.resolvedAt() instanceof Instant at
                    && at.isAfter(from)
                    && !at.isAfter(until))
        .toList();
  }

  /** Dedup keys of those whose end has not been asked for. */
  synchronized Set<String> dedupKeys() {
    return unresolved.values().stream()
        .filter(watched -> watched.asked() != Watched.Asked.RESOLVE)
        .map(Watched::dedupKey)
        .collect(Collectors.toSet());
  }

  private void change(String id, UnaryOperator<Watched> to) {
    unresolved.computeIfPresent(id, (_, watched) -> to.apply(watched));
  }

  private static <V> Map<String, V> bounded() {
    return Recent.map(MOST);
  }
}
