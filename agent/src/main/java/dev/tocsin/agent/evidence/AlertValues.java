// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.evidence;

import dev.tocsin.agent.telemetry.Series;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the alerts themselves say: values, labels, annotations, links. */
public final class AlertValues implements EvidenceSource {

  private static final int MOST_ALERTS = 5;

  @Override
  public String name() {
    return "alert";
  }

  @Override
  public boolean isCheap() {
    return true;
  }

  @Override
  public Duration timeout() {
    return Duration.ofSeconds(1);
  }

  @Override
  public void look(Incident incident, Instant now, Consumer<Evidence> found) {
    incident.alerts().values().stream()
        .sorted(
            Comparator.comparing(IncidentAlert::status)
                .thenComparing(IncidentAlert::severity)
                .thenComparing(IncidentAlert::startsAt))
        .limit(MOST_ALERTS)
        .map(alert -> evidence(alert, now))
        .forEach(found);
  }

  private Evidence evidence(IncidentAlert alert, Instant now) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s since %s, severity %s"
            .formatted(
                alert.status(),
                alert.startsAt().truncatedTo(ChronoUnit.SECONDS),
                alert.severity()));
    if (!alert.values().isEmpty()) {
      text.append("\nvalues: ").append(values(alert.values()));
    }
    text.append("\nlabels: ").append(pairs(alert.labels()));
    new TreeMap<>(alert.annotations())
        .forEach((name, value) -> text.append('\n').append(name).append(": ").append(value));
    return new Evidence(
        "", name(), alert.title(), text.toString(), alert.alertId(), now, link(alert.links()));
  }

  static String values(Map<String, Double> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(v -> v.getKey() + '=' + Series.number(v.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String pairs(Map<String, String> labels) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(l -> l.getKey() + '=' + l.getValue())
            .collect(Collectors.joining(", "));
  }

  private static @Nullable String link(Links links) {
    return Stream.of(links.panel(), links.dashboard(), links.generator())
        .filter(link -> link != null && !link.isBlank())
        .findFirst()
        .orElse(null);
  }
}
