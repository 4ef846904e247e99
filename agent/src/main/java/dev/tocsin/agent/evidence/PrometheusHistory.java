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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
  public void look(Incident incident, Instant now, Consumer<Evidence> found)
      throws InterruptedException {
    Instant began = began(incident);
    Instant to = began.plus(AFTER).isBefore(now) ? began.plus(AFTER) : now;
    Map<String, String> labels = labels(incident);
    Asking asking = new Asking(now, found);
    for (Map.Entry<String, String> question : questions(incident, labels).entrySet()) {
      String query = question.getKey();
      asking.ask(
          query,
          () -> {
            List<Series> series = prometheus.over(query, began.minus(BEFORE), to);
            String link = prometheus.link(query, began.minus(BEFORE), to);
            return series.isEmpty()
                ? null
                : new Evidence(
                    "", name(), question.getValue(), text(series, began), query, now, link);
          });
    }
    String others = otherAlerts(labels);
    if (others != null) {
      asking.ask(others, () -> otherAlerts(others, now));
    }
    asking.end();
  }

  /** A question's answer; null when there is nothing. */
  @FunctionalInterface
  private interface Question {

    @Nullable Evidence answer() throws TelemetryException, InterruptedException;
  }

  /**
   * Questions one after the other. An expression comes with an alert: one that is refused must not
   * take the others along. Who refuses all of them is told of once.
   */
  private final class Asking {

    private final Instant now;
    private final Consumer<Evidence> found;
    private final List<Evidence> refusals = new ArrayList<>();
    private boolean answers;

    Asking(Instant now, Consumer<Evidence> found) {
      this.now = now;
      this.found = found;
    }

    void ask(String query, Question question) throws InterruptedException {
      try {
        Evidence answer = question.answer();
        answers = true;
        tell(refusals.size());
        if (answer != null) {
          found.accept(answer);
        }
      } catch (TelemetryException e) {
        String why = String.valueOf(e.getMessage());
        refusals.add(new Evidence("", name(), name() + ": no answer", why, query, now, null));
      }
    }

    void end() {
      tell(answers ? refusals.size() : Math.min(1, refusals.size()));
    }

    private void tell(int most) {
      refusals.subList(0, most).forEach(found);
      refusals.clear();
    }
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

  /** Asks for what else fires with the same labels; null where there is none of them. */
  private static @Nullable String otherAlerts(Map<String, String> labels) {
    String scope =
        SCOPE.stream()
            .filter(labels::containsKey)
            .map(name -> ", " + name + "=\"" + PromQl.quoted(labels.getOrDefault(name, "")) + '"')
            .collect(Collectors.joining());
    return scope.isEmpty() ? null : "ALERTS{alertstate=\"firing\"" + scope + '}';
  }

  private @Nullable Evidence otherAlerts(String query, Instant now)
      throws TelemetryException, InterruptedException {
    List<Series> firing = prometheus.at(query, now);
    if (firing.isEmpty()) {
      return null;
    }
    String names =
        firing.stream()
            .map(s -> s.labels().getOrDefault("alertname", "?"))
            .collect(Collectors.groupingBy(n -> n, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(n -> n.getKey() + " (" + n.getValue() + ')')
            .collect(Collectors.joining(", "));
    return new Evidence(
        "",
        name(),
        "Firing in Prometheus for the same labels",
        names,
        query,
        now,
        prometheus.link(query, now.minus(BEFORE), now));
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
