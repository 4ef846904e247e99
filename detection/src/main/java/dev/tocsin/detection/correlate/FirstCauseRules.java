// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.FirstCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Which of some incidents that have to do with each other was likely there first. What most others
 * depend on counts for three, having opened early for two, severity and an anomaly before any alert
 * for one each.
 */
final class FirstCauseRules {

  private static final double UPSTREAM = 3;
  private static final double EARLY = 2;
  private static final double SEVERE = 1;
  private static final double ANOMALY = 1;
  private static final double ALL = UPSTREAM + EARLY + SEVERE + ANOMALY;
  private static final int NAMED = 3;

  private final CorrelationSettings settings;
  private final ServiceGraph graph;
  private final Companions companions;

  FirstCauseRules(CorrelationSettings settings, ServiceGraph graph, Companions companions) {
    this.settings = settings;
    this.graph = graph;
    this.companions = companions;
  }

  /**
   * @param among one or more
   */
  FirstCause of(Collection<Sighting> among) {
    return among.stream()
        .map(one -> judge(one, among))
        .min(
            Comparator.comparingDouble(Judged::score)
                .reversed()
                .thenComparing(judged -> judged.sighting().at())
                .thenComparing(judged -> judged.sighting().id()))
        .map(
            best ->
                new FirstCause(
                    best.sighting().id(),
                    best.sighting().service(),
                    best.sighting().title(),
                    Math.round(best.score() * 100) / 100.0,
                    among.size(),
                    best.reasons()))
        .orElseThrow();
  }

  private record Judged(Sighting sighting, double score, List<String> reasons) {}

  private Judged judge(Sighting one, Collection<Sighting> among) {
    List<String> reasons = new ArrayList<>();
    double score =
        (UPSTREAM * upstream(one, among, reasons)
                + EARLY * early(one, among, reasons)
                + SEVERE * severe(one, among, reasons)
                + ANOMALY * anomaly(one, among, reasons))
            / ALL;
    if (reasons.isEmpty()) {
      reasons.add("nothing else speaks for any of them, and it is the earliest");
    }
    return new Judged(one, score, List.copyOf(reasons));
  }

  private double upstream(Sighting one, Collection<Sighting> among, List<String> reasons) {
    TreeSet<String> services = new TreeSet<>();
    int depend = 0;
    for (Sighting other : among) {
      if (dependsOn(other, one)) {
        depend++;
        services.add(String.valueOf(other.service()));
      }
    }
    if (depend == 0) {
      return 0;
    }
    String more = services.size() > NAMED ? ", …" : "";
    reasons.add(
        "%d of the %d others depend on %s: %s%s"
            .formatted(
                depend,
                among.size() - 1,
                one.service(),
                String.join(", ", services.stream().limit(NAMED).toList()),
                more));
    return (double) depend / (among.size() - 1);
  }

  private boolean dependsOn(Sighting other, Sighting one) {
    String from = other.service();
    String to = one.service();
    if (from == null || to == null || from.equals(to)) {
      return false;
    }
    return !graph.way(from, to).isEmpty()
        || companions
            .edge(from, to)
            .filter(edge -> edge.directed() && edge.to().equals(to))
            .filter(_ -> graph.way(to, from).isEmpty())
            .isPresent();
  }

  /** 1 for the first; 0 for one that opened a window later. */
  private double early(Sighting one, Collection<Sighting> among, List<String> reasons) {
    Instant first = among.stream().map(Sighting::at).min(Comparator.naturalOrder()).orElseThrow();
    Duration after = Duration.between(first, one.at());
    if (after.isZero()) {
      among.stream()
          .map(Sighting::at)
          .filter(at -> at.isAfter(first))
          .min(Comparator.naturalOrder())
          .ifPresent(
              next ->
                  reasons.add(
                      "it opened first, %s before the next"
                          .formatted(words(Duration.between(first, next)))));
    }
    return Math.max(0, 1 - (double) after.toMillis() / settings.window().toMillis());
  }

  private static double severe(Sighting one, Collection<Sighting> among, List<String> reasons) {
    boolean worst = among.stream().noneMatch(o -> o.severity().isWorseThan(one.severity()));
    boolean alike = among.stream().allMatch(o -> o.severity() == one.severity());
    if (worst && !alike) {
      reasons.add("it is the worst of them: " + one.severity().name().toLowerCase(Locale.ROOT));
    }
    int last = Severity.values().length - 1;
    return 1 - (double) one.severity().ordinal() / last;
  }

  private static double anomaly(Sighting one, Collection<Sighting> among, List<String> reasons) {
    Instant at = one.anomalyAt();
    boolean before =
        at != null && among.stream().allMatch(o -> o.equals(one) || !o.at().isBefore(at));
    if (before) {
      reasons.add("its metric left its band before any of the others opened");
    }
    return before ? 1 : 0;
  }

  private static String words(Duration time) {
    return time.toMinutes() > 0
        ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
        : "%d.%d s".formatted(time.toSeconds(), time.toMillisPart() / 100);
  }
}
