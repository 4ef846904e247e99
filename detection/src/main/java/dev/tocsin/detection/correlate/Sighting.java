// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.correlate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.detection.storm.StormGroup;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An incident that opened lately, as far as correlation goes.
 *
 * @param service what it is about; null when its labels do not say
 * @param at when it opened, or opened again, by our clock
 * @param labels those that set it apart from others, or that others share
 * @param anomalyAt when a metric of it was first seen off its band; null when none was
 * @param storm whether it is a storm's
 * @param parent the storm that speaks for it; null when none does
 * @param said a digest of what was last said of its relations; null when nothing was
 * @param says how often something was said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Sighting(
    String id,
    int epoch,
    String org,
    @Nullable String service,
    String title,
    Severity severity,
    Instant at,
    Map<String, String> labels,
    @Nullable Instant anomalyAt,
    @Nullable Instant resolvedAt,
    boolean storm,
    @Nullable String parent,
    @Nullable String said,
    int says) {

  static Sighting opened(IncidentEvent.Opened e, CorrelationSettings settings) {
    Map<String, String> labels = new TreeMap<>(e.alert().labels());
    labels.putAll(e.groupLabels());
    return of(
        e.incidentId(),
        e.epoch(),
        e.title(),
        e.severity(),
        e.at(),
        e.alert(),
        labels,
        StormGroup.isOne(e.group()),
        e.parent(),
        settings);
  }

  /** All that the event says, if nothing of the incident is remembered. */
  static Sighting reopened(IncidentEvent.Reopened e, CorrelationSettings settings) {
    IncidentAlert alert = e.alert();
    return of(
        e.incidentId(),
        e.epoch(),
        alert.title(),
        alert.severity(),
        e.at(),
        alert,
        alert.labels(),
        false,
        null,
        settings);
  }

  private static Sighting of(
      String id,
      int epoch,
      String title,
      Severity severity,
      Instant at,
      IncidentAlert alert,
      Map<String, String> labels,
      boolean storm,
      @Nullable String parent,
      CorrelationSettings settings) {
    return new Sighting(
        id,
        epoch,
        alert.org(),
        first(settings.serviceLabels(), labels),
        title,
        severity,
        at,
        some(settings, labels),
        alert.kind() == AlertKind.ANOMALY ? at : null,
        null,
        storm,
        parent,
        null,
        0);
  }

  private static @Nullable String first(Collection<String> names, Map<String, String> labels) {
    return names.stream()
        .map(labels::get)
        .filter(value -> value != null && !value.isBlank())
        .findFirst()
        .orElse(null);
  }

  private static Map<String, String> some(
      CorrelationSettings settings, Map<String, String> labels) {
    Map<String, String> some = new TreeMap<>();
    Stream.concat(settings.scopeLabels().stream(), settings.sharedLabels().stream())
        .forEach(
            name -> {
              String value = labels.get(name);
              if (value != null && !value.isBlank()) {
                some.put(name, value);
              }
            });
    return some;
  }

  Sighting reopened(IncidentEvent.Reopened e) {
    return new Sighting(
        id, e.epoch(), org, service, title, severity, e.at(), labels, null, null, storm, null, null,
        0);
  }

  Sighting withSeverity(Severity to) {
    return new Sighting(
        id,
        epoch,
        org,
        service,
        title,
        to,
        at,
        labels,
        anomalyAt,
        resolvedAt,
        storm,
        parent,
        said,
        says);
  }

  Sighting offBand(Instant when) {
    return new Sighting(
        id,
        epoch,
        org,
        service,
        title,
        severity,
        at,
        labels,
        when,
        resolvedAt,
        storm,
        parent,
        said,
        says);
  }

  Sighting resolved(Instant when) {
    return new Sighting(
        id, epoch, org, service, title, severity, at, labels, anomalyAt, when, storm, parent, said,
        says);
  }

  Sighting told(String digest) {
    return new Sighting(
        id,
        epoch,
        org,
        service,
        title,
        severity,
        at,
        labels,
        anomalyAt,
        resolvedAt,
        storm,
        parent,
        digest,
        says + 1);
  }
}
