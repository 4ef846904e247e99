// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.evidence;

import dev.tocsin.agent.telemetry.Prometheus;
import dev.tocsin.agent.telemetry.Series;
import dev.tocsin.agent.telemetry.TelemetryException;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What Prometheus measured around the start: the alerts' own expressions, the configured questions,
 * and what else fires.
 */
public final class PrometheusHistory implements EvidenceSource {

  private static final Duration BEFORE = Duration.ofMinutes(30);
  private static final Duration AFTER = Duration.ofMinutes(30);
  private static final int MOST_QUERIES = 8;
  private static final int MOST_SERIES = 5;
  private static final List<String> SCOPE = List.of("cluster", "namespace", "service");

  private final Prometheus prometheus;
  private final List<PrometheusQuery> queries;
  private final Duration timeout;

  public PrometheusHistory(Prometheus prometheus, List<PrometheusQuery> queries, Duration timeout) {
    this.prometheus = prometheus;
    this.queries = List.copyOf(queries);
    this.timeout = timeout;
  }

  @Override
  public String name() {
    return "prometheus";
  }

  @Override
  public boolean isCheap() {
    return false;
  }

  @Override
  public Duration timeout() {
    return timeout;
  }

  @Override
  public List<Evidence> look(Incident incident, Instant now)
      throws TelemetryException, InterruptedException {
    Instant began = began(incident);
    Instant to = began.plus(AFTER).isBefore(now) ? began.plus(AFTER) : now;
    Map<String, String> labels = labels(incident);
    List<Evidence> found = new ArrayList<>();
    List<TelemetryException> refused = new ArrayList<>();
    Map<String, String> questions = questions(incident, labels);
    for (Map.Entry<String, String> question : questions.entrySet()) {
      String query = question.getKey();
      try {
        List<Series> series = prometheus.over(query, began.minus(BEFORE), to);
        if (!series.isEmpty()) {
          String link = prometheus.link(query, began.minus(BEFORE), to);
          found.add(
              new Evidence("", name(), question.getValue(), text(series, began), query, now, link));
        }
      } catch (TelemetryException e) {
        // An expression comes with an alert: one that is refused must not take the others along.
        refused.add(e);
        String why = String.valueOf(e.getMessage());
        found.add(new Evidence("", name(), name() + ": no answer", why, query, now, null));
      }
    }
    if (!refused.isEmpty() && refused.size() == questions.size()) {
      throw refused.getFirst();
    }
    otherAlerts(labels, now).ifPresent(found::add);
    return found;
  }

  /** Expressions and what they tell, the alerts' own first, none twice. */
  private Map<String, String> questions(Incident incident, Map<String, String> labels) {
    Map<String, String> questions = new LinkedHashMap<>();
    for (IncidentAlert alert : incident.alerts().values()) {
      Optional.ofNullable(alert.links().generator())
          .flatMap(PromQl::inLink)
          .ifPresent(e -> questions.putIfAbsent(PromQl.withoutThreshold(e), alert.title()));
    }
    for (PrometheusQuery query : queries) {
      PromQl.fill(query.query(), labels).ifPresent(q -> questions.putIfAbsent(q, query.title()));
    }
    return questions.entrySet().stream()
        .limit(MOST_QUERIES)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  private Optional<Evidence> otherAlerts(Map<String, String> labels, Instant now)
      throws TelemetryException, InterruptedException {
    String scope =
        SCOPE.stream()
            .filter(labels::containsKey)
            .map(name -> ", " + name + "=\"" + PromQl.quoted(labels.getOrDefault(name, "")) + '"')
            .collect(Collectors.joining());
    if (scope.isEmpty()) {
      return Optional.empty();
    }
    String query = "ALERTS{alertstate=\"firing\"" + scope + '}';
    List<Series> firing = prometheus.at(query, now);
    if (firing.isEmpty()) {
      return Optional.empty();
    }
    String names =
        firing.stream()
            .map(s -> s.labels().getOrDefault("alertname", "?"))
            .collect(Collectors.groupingBy(n -> n, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(n -> n.getKey() + " (" + n.getValue() + ')')
            .collect(Collectors.joining(", "));
    return Optional.of(
        new Evidence(
            "",
            name(),
            "Firing in Prometheus for the same labels",
            names,
            query,
            now,
            prometheus.link(query, now.minus(BEFORE), now)));
  }

  private static String text(List<Series> series, Instant began) {
    String lines =
        series.stream()
            .limit(MOST_SERIES)
            .map(s -> s.describe(began))
            .collect(Collectors.joining("\n"));
    return series.size() <= MOST_SERIES
        ? lines
        : lines + "\nand " + (series.size() - MOST_SERIES) + " more series";
  }

  /**
   * When the first condition of this turn began; a source that does not say is taken at opening.
   */
  private static Instant began(Incident incident) {
    return incident.alerts().values().stream()
        .filter(alert -> alert.endsAt() == null)
        .map(IncidentAlert::startsAt)
        .filter(at -> at.isAfter(incident.updatedAt().minus(Duration.ofDays(7))))
        .min(Instant::compareTo)
        .orElse(incident.openedAt());
  }

  /** The labels all alerts agree on, and those of the group. */
  private static Map<String, String> labels(Incident incident) {
    Map<String, String> common = new TreeMap<>();
    boolean first = true;
    for (IncidentAlert alert : incident.alerts().values()) {
      if (first) {
        common.putAll(alert.labels());
        first = false;
      } else {
        common.entrySet().retainAll(alert.labels().entrySet());
      }
    }
    common.putAll(incident.groupLabels());
    return common;
  }
}
