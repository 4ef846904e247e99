// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.incident.FirstCause;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.incident.Relation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The incidents that opened lately, how they are linked, and what is still to be said of it.
 *
 * <p>What is said of one is said a moment after it opened, since its like may open within seconds;
 * and each further time twice as long after the last, so that a storm is not drowned in relations.
 */
final class Correlation {

  /** Whether an event matters here; it is also all that may be told to this part. */
  static boolean isOf(IncidentEvent event) {
    return switch (event) {
      case IncidentEvent.Opened _,
          IncidentEvent.Reopened _,
          IncidentEvent.SeverityRaised _,
          IncidentEvent.AnomalyAdded _,
          IncidentEvent.Resolved _ ->
          true;
      case IncidentEvent.AlertAdded _,
          IncidentEvent.AlertCleared _,
          IncidentEvent.FlappingStarted _,
          IncidentEvent.FlappingEnded _,
          IncidentEvent.Acknowledged _,
          IncidentEvent.NoteAdded _,
          IncidentEvent.MovedOut _,
          IncidentEvent.MovedIn _,
          IncidentEvent.Related _ ->
          false;
    };
  }

  static final int MOST_SIGHTINGS = 2_000;
  static final int MOST_LINKS = 100;
  static final int MOST_RELATIONS = 20;

  private static final int MOST_COMPARED = 100;
  private static final int MOST_SAYS = 20;
  private static final int MOST_DOUBLINGS = 5;
  private static final int MOST_IN_A_TURN = 200;

  private final CorrelationSettings settings;
  private final CompanionBook book = new CompanionBook();
  private final LinkRules rules;
  private final FirstCauseRules firstCauses;
  private final Remembered<Sighting> sightings = new Remembered<>();
  private final Facets facets = new Facets();
  private final Map<String, Map<String, Link>> links = new TreeMap<>();
  private final Map<String, Instant> toSay = new TreeMap<>();

  Correlation(CorrelationSettings settings, ServiceGraph graph) {
    this.settings = settings;
    this.rules = new LinkRules(settings, graph, book);
    this.firstCauses = new FirstCauseRules(settings, graph, book);
  }

  Remembered<Sighting> sightings() {
    return sightings;
  }

  CompanionBook book() {
    return book;
  }

  /** Links what was written down again, and looks whether all was said. */
  void restored(Instant now) {
    List<Sighting> inOrder =
        sightings.all().values().stream()
            .sorted(Comparator.comparing(Sighting::at).thenComparing(Sighting::id))
            .toList();
    book.restored();
    for (Sighting one : inOrder) {
      link(one, now);
      facets.add(one);
    }
  }

  void happened(IncidentEvent event, Instant now) {
    Sighting known = sightings.get(event.incidentId());
    switch (event) {
      case IncidentEvent.Opened e -> opens(Sighting.opened(e, settings), now);
      case IncidentEvent.Reopened e ->
          opens(known == null ? Sighting.reopened(e, settings) : known.reopened(e), now);
      case IncidentEvent.SeverityRaised e when known != null ->
          becomes(known.withSeverity(e.to()), now);
      case IncidentEvent.AnomalyAdded e when known != null && known.anomalyAt() == null ->
          becomes(known.offBand(e.anomaly().startedAt()), now);
      case IncidentEvent.Resolved e when known != null ->
          sightings.put(known.id(), known.resolved(e.at()));
      default -> {}
    }
  }

  private void opens(Sighting one, Instant now) {
    forget(one.id());
    String service = one.service();
    if (settings.learn() && service != null && one.parent() == null) {
      book.opened(service, servicesBefore(one), one.at());
    }
    sightings.put(one.id(), one);
    link(one, now);
    facets.add(one);
    if (sightings.all().size() > MOST_SIGHTINGS) {
      sightings.all().values().stream()
          .min(Comparator.comparing(Sighting::at).thenComparing(Sighting::id))
          .map(Sighting::id)
          .ifPresent(this::forget);
    }
  }

  private List<String> servicesBefore(Sighting one) {
    Instant since = one.at().minus(CompanionBook.TOGETHER);
    return sightings.all().values().stream()
        .filter(other -> other.org().equals(one.org()) && other.at().isAfter(since))
        .map(Sighting::service)
        .filter(Objects::nonNull)
        .filter(service -> !service.equals(one.service()))
        .distinct()
        .limit(CompanionBook.MOST_TOGETHER + 1L)
        .toList();
  }

  /** To those that came before it. */
  private void link(Sighting one, Instant now) {
    for (String id : around(one)) {
      Sighting other = sightings.get(id);
      if (other == null) {
        continue;
      }
      rules
          .between(one, other)
          .filter(link -> link.isStorm() || hasRoom(one) && hasRoom(other))
          .ifPresent(
              link -> {
                linksOf(one.id()).put(other.id(), link);
                linksOf(other.id()).put(one.id(), link);
                sayLater(one, now);
                sayLater(other, now);
              });
    }
  }

  private Set<String> around(Sighting one) {
    if (!one.storm()) {
      return facets.around(one, rules.near(one.service()), settings.sharedLabels());
    }
    Instant since = one.at().minus(LinkRules.STORM_WITHIN);
    return sightings.all().values().stream()
        .filter(other -> other.at().isAfter(since) && !other.storm())
        .map(Sighting::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean hasRoom(Sighting one) {
    return links.getOrDefault(one.id(), Map.of()).size() < MOST_LINKS;
  }

  private Map<String, Link> linksOf(String id) {
    return links.computeIfAbsent(id, _ -> new TreeMap<>());
  }

  private void becomes(Sighting one, Instant now) {
    sightings.put(one.id(), one);
    sayLater(one, now);
    for (String id : links.getOrDefault(one.id(), Map.of()).keySet()) {
      Sighting other = sightings.get(id);
      if (other != null) {
        sayLater(other, now);
      }
    }
  }

  private void sayLater(Sighting one, Instant now) {
    if (one.says() < MOST_SAYS) {
      Duration wait = settings.settle().multipliedBy(1L << Math.min(one.says(), MOST_DOUBLINGS));
      toSay.putIfAbsent(one.id(), now.plus(wait));
    }
  }

  /** What is to be said now, if it is not what was said last; and lets go of what is long ago. */
  List<IncidentEvent.Related> due(Instant now) {
    List<String> due =
        toSay.entrySet().stream()
            .filter(e -> !e.getValue().isAfter(now))
            .sorted(Map.Entry.comparingByValue())
            .limit(MOST_IN_A_TURN)
            .map(Map.Entry::getKey)
            .toList();
    List<IncidentEvent.Related> said = new ArrayList<>();
    for (String id : due) {
      toSay.remove(id);
      Sighting one = sightings.get(id);
      if (one != null && !links.getOrDefault(id, Map.of()).isEmpty()) {
        IncidentEvent.Related related = related(one, now);
        String digest = digest(related);
        if (!digest.equals(one.said())) {
          sightings.put(id, one.told(digest));
          said.add(related);
        }
      }
    }
    Instant oldest = now.minus(settings.window()).minus(settings.settle());
    sightings.all().values().stream()
        .filter(one -> one.at().isBefore(oldest) && !toSay.containsKey(one.id()))
        .filter(one -> !isStorm(one.id()))
        .map(Sighting::id)
        .toList()
        .forEach(this::forget);
    return said;
  }

  private void forget(String id) {
    Sighting known = sightings.get(id);
    if (known != null) {
      facets.remove(known);
    }
    sightings.remove(id);
    toSay.remove(id);
    Map<String, Link> gone = links.remove(id);
    if (gone != null) {
      gone.keySet().forEach(other -> linksOf(other).remove(id));
    }
  }

  private IncidentEvent.Related related(Sighting one, Instant now) {
    List<Relation> all =
        linksOf(one.id()).entrySet().stream()
            .map(e -> relation(Objects.requireNonNull(sightings.get(e.getKey())), e.getValue()))
            .sorted(
                Comparator.comparingDouble(Relation::confidence)
                    .reversed()
                    .thenComparing(Relation::incidentId))
            .toList();
    List<Relation> listed = all.subList(0, Math.min(all.size(), MOST_RELATIONS));
    return new IncidentEvent.Related(
        one.id(),
        now,
        one.epoch(),
        List.copyOf(listed),
        all.size() - listed.size(),
        firstCauses.of(compared(one)));
  }

  private static Relation relation(Sighting other, Link link) {
    return new Relation(
        other.id(), other.service(), other.title(), link.confidence(), link.reasons());
  }

  /**
   * Those linked to it, those linked to them, and so on, the nearest first. A storm is no cause of
   * what opened in it, and links nothing to anything but itself.
   */
  private List<Sighting> compared(Sighting one) {
    Map<String, Sighting> found = new LinkedHashMap<>();
    ArrayDeque<String> next = new ArrayDeque<>(List.of(one.id()));
    boolean isStorm = isStorm(one.id());
    if (!isStorm) {
      found.put(one.id(), one);
    }
    while (!next.isEmpty() && found.size() < MOST_COMPARED) {
      String from = next.poll();
      linksOf(from)
          .forEach(
              (id, link) -> {
                boolean goes = !link.isStorm() || isStorm && from.equals(one.id());
                Sighting other = sightings.get(id);
                if (goes && other != null && found.size() < MOST_COMPARED && !id.equals(one.id())) {
                  if (found.putIfAbsent(id, other) == null) {
                    next.add(id);
                  }
                }
              });
    }
    return List.copyOf(found.values());
  }

  /** Whether it is a storm of which one that is remembered speaks. */
  private boolean isStorm(String id) {
    return links.getOrDefault(id, Map.of()).entrySet().stream()
        .filter(e -> e.getValue().isStorm())
        .map(e -> sightings.get(e.getKey()))
        .anyMatch(other -> other != null && id.equals(other.parent()));
  }

  private static String digest(IncidentEvent.Related related) {
    FirstCause first = related.firstCause();
    return ContentId.of(
        "rel",
        related.relations().stream().map(Correlation::gist).toList(),
        first.incidentId(),
        first.reasons().size());
  }

  private static String gist(Relation relation) {
    return relation.incidentId() + relation.reasons().stream().map(Relation.Reason::kind).toList();
  }
}
