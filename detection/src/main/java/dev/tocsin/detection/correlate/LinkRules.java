// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import dev.tocsin.schemas.graph.ServiceEdge;
import dev.tocsin.schemas.incident.Relation.Kind;
import dev.tocsin.schemas.incident.Relation.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether two incidents have to do with each other. Each reason has a strength, the reasons are
 * taken as independent witnesses, and the farther apart the two opened the less they count.
 */
final class LinkRules {

  private static final double[] BY_HOPS = {0.8, 0.6, 0.45, 0.35};
  private static final double SHARED_DEPENDENCY = 0.4;
  private static final double SAME_SERVICE = 0.7;
  private static final double SHARED_LABEL = 0.5;
  private static final double NEW_TOGETHER = 0.25;
  private static final double UNDER_STORM = 0.5;

  /** The time in which so many open that it is a storm. */
  static final Duration STORM_WITHIN = Duration.ofMinutes(1);

  /** One that was over when the other opened is a lesser witness. */
  private static final double OVER_BEFORE = 0.7;

  private static final double LEAST = 0.2;

  private final CorrelationSettings settings;
  private final ServiceGraph graph;
  private final Companions companions;

  LinkRules(CorrelationSettings settings, ServiceGraph graph, Companions companions) {
    this.settings = settings;
    this.graph = graph;
    this.companions = companions;
  }

  /** The services that one has to do with, as far as anything is known of it. */
  Set<String> near(@Nullable String service) {
    if (service == null) {
      return Set.of();
    }
    Set<String> near = new TreeSet<>(graph.near(service, settings.maxHops()));
    near.addAll(companions.of(service));
    return near;
  }

  private record Weighed(double strength, Reason reason) {}

  Optional<Link> between(Sighting a, Sighting b) {
    if (b.id().equals(a.parent()) || a.id().equals(b.parent())) {
      return Optional.of(
          new Link(
              UNDER_STORM,
              List.of(new Reason(Kind.STORM, "one is the storm that the other opened in"))));
    }
    Duration gap = Duration.between(a.at(), b.at()).abs();
    if (ledTo(a, b) || ledTo(b, a)) {
      return Optional.of(
          new Link(
              UNDER_STORM,
              List.of(new Reason(Kind.STORM, "one opened in the minute that made the storm"))));
    }
    if (!a.org().equals(b.org()) || gap.compareTo(settings.window()) > 0) {
      return Optional.empty();
    }
    List<Weighed> found = new ArrayList<>();
    sharedLabels(a, b, found);
    if (sameScope(a, b)) {
      byService(a.service(), b.service(), found);
    }
    if (found.isEmpty()) {
      return Optional.empty();
    }
    double against = 1;
    for (Weighed one : found) {
      against *= 1 - one.strength();
    }
    double confidence = (1 - against) * closeness(gap) * (overBefore(a, b) ? OVER_BEFORE : 1);
    if (confidence < LEAST) {
      return Optional.empty();
    }
    return Optional.of(
        new Link(
            Math.round(confidence * 100) / 100.0,
            found.stream()
                .sorted(Comparator.comparingDouble(Weighed::strength).reversed())
                .map(Weighed::reason)
                .toList()));
  }

  /** Those before the limit was reached page for themselves, and the first cause may be one. */
  private static boolean ledTo(Sighting one, Sighting storm) {
    return storm.storm()
        && !one.storm()
        && one.parent() == null
        && !one.at().isAfter(storm.at())
        && one.at().isAfter(storm.at().minus(STORM_WITHIN));
  }

  private double closeness(Duration gap) {
    return 1 - 0.5 * gap.toMillis() / settings.window().toMillis();
  }

  private static boolean overBefore(Sighting a, Sighting b) {
    return a.resolvedAt() != null && a.resolvedAt().isBefore(b.at())
        || b.resolvedAt() != null && b.resolvedAt().isBefore(a.at());
  }

  private boolean sameScope(Sighting a, Sighting b) {
    return settings.scopeLabels().stream()
        .allMatch(
            name -> {
              String one = a.labels().get(name);
              String other = b.labels().get(name);
              return one == null || other == null || one.equals(other);
            });
  }

  private void sharedLabels(Sighting a, Sighting b, List<Weighed> found) {
    for (String name : settings.sharedLabels()) {
      String value = a.labels().get(name);
      if (value != null && value.equals(b.labels().get(name))) {
        found.add(
            new Weighed(
                SHARED_LABEL,
                new Reason(Kind.SHARED_LABELS, "both are at %s %s".formatted(name, value))));
      }
    }
  }

  private void byService(@Nullable String a, @Nullable String b, List<Weighed> found) {
    if (a == null || b == null) {
      return;
    }
    if (a.equals(b)) {
      found.add(new Weighed(SAME_SERVICE, new Reason(Kind.SAME_SERVICE, "both are about " + a)));
      return;
    }
    byGraph(a, b, found);
    companions.edge(a, b).ifPresent(edge -> found.add(together(edge)));
    companions
        .novelty(a, b)
        .ifPresent(
            text -> found.add(new Weighed(NEW_TOGETHER, new Reason(Kind.NEW_TOGETHER, text))));
  }

  private void byGraph(String a, String b, List<Weighed> found) {
    List<String> way = graph.way(a, b);
    if (way.isEmpty()) {
      way = graph.way(b, a);
    }
    int hops = way.size() - 1;
    if (hops >= 1 && hops <= settings.maxHops()) {
      String how = hops == 1 ? "" : ": " + String.join(" → ", way);
      found.add(
          new Weighed(
              BY_HOPS[Math.min(hops, BY_HOPS.length) - 1],
              new Reason(
                  Kind.DEPENDENCY,
                  "%s depends on %s%s".formatted(way.getFirst(), way.getLast(), how))));
    } else if (settings.maxHops() >= 2) {
      List<String> shared = graph.shared(a, b);
      if (!shared.isEmpty()) {
        found.add(
            new Weighed(
                SHARED_DEPENDENCY,
                new Reason(Kind.SHARED_DEPENDENCY, "both depend on " + String.join(", ", shared))));
      }
    }
  }

  private static Weighed together(ServiceEdge edge) {
    double together = edge.together() == null ? 0 : edge.together();
    double of = edge.of() == null ? 0 : edge.of();
    double lift = edge.lift() == null ? 0 : edge.lift();
    return new Weighed(
        edge.confidence(),
        new Reason(
            Kind.CO_OCCURRENCE,
            String.format(
                Locale.ROOT,
                "%s and %s opened together %.0f times out of %.0f, %.0f times as often as by chance",
                edge.to(),
                edge.from(),
                together,
                of,
                lift)));
  }
}
