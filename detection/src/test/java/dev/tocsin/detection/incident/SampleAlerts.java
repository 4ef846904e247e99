// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An alert to vary: each method returns another one. */
public record SampleAlerts(
    String id,
    String fingerprint,
    AlertKind kind,
    AlertStatus status,
    Severity severity,
    Instant startsAt,
    @Nullable Instant endsAt,
    Instant receivedAt,
    String group,
    @Nullable String stateReason,
    Map<String, Double> values,
    Map<String, String> labels) {

  public static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
  public static final String GROUP = "org=1,cluster=a,service=checkout";

  public static SampleAlerts firing(String id) {
    return new SampleAlerts(
        id,
        "fp1",
        AlertKind.CONDITION,
        AlertStatus.FIRING,
        Severity.ERROR,
        T0,
        null,
        T0.plusSeconds(1),
        GROUP,
        null,
        Map.of(),
        Map.of("alertname", "CheckoutSlow", "cluster", "a", "service", "checkout"));
  }

  public static SampleAlerts resolved(String id) {
    SampleAlerts f = firing(id);
    return new SampleAlerts(
        id,
        f.fingerprint,
        f.kind,
        AlertStatus.RESOLVED,
        f.severity,
        f.startsAt,
        T0.plusSeconds(60),
        T0.plusSeconds(61),
        f.group,
        null,
        f.values,
        f.labels);
  }

  public SampleAlerts of(String fingerprint) {
    return new SampleAlerts(
        id,
        fingerprint,
        kind,
        status,
        severity,
        startsAt,
        endsAt,
        receivedAt,
        group,
        stateReason,
        values,
        labels);
  }

  public SampleAlerts kind(AlertKind kind) {
    return new SampleAlerts(
        id,
        fingerprint,
        kind,
        status,
        severity,
        startsAt,
        endsAt,
        receivedAt,
        group,
        stateReason,
        values,
        labels);
  }

  public SampleAlerts severity(Severity severity) {
    return new SampleAlerts(
        id,
        fingerprint,
        kind,
        status,
        severity,
        startsAt,
        endsAt,
        receivedAt,
        group,
        stateReason,
        values,
        labels);
  }

  /** Seconds after {@link #T0}. */
  public SampleAlerts startsAt(long seconds) {
    return new SampleAlerts(
        id,
        fingerprint,
        kind,
        status,
        severity,
        T0.plusSeconds(seconds),
        endsAt == null ? null : T0.plusSeconds(seconds + 60),
        T0.plusSeconds(seconds + 61),
        group,
        stateReason,
        values,
        labels);
  }

  public SampleAlerts endsAt(@Nullable Long seconds) {
    return new SampleAlerts(
        id,
        fingerprint,
        kind,
        status,
        severity,
        startsAt,
        seconds == null ? null : T0.plusSeconds(seconds),
        receivedAt,
        group,
        stateReason,
        values,
        labels);
  }

  /** As ingest writes an alert whose source gave no start. */
  public SampleAlerts startsWhenReceived(long seconds) {
    return new SampleAlerts(
        id,
        fingerprint,
        kind,
        status,
        severity,
        T0.plusSeconds(seconds),
        endsAt,
        T0.plusSeconds(seconds),
        group,
        stateReason,
        values,
        labels);
  }

  public SampleAlerts group(String group) {
    return new SampleAlerts(
        id,
        fingerprint,
        kind,
        status,
        severity,
        startsAt,
        endsAt,
        receivedAt,
        group,
        stateReason,
        values,
        labels);
  }

  public SampleAlerts because(String stateReason) {
    return new SampleAlerts(
        id,
        fingerprint,
        kind,
        status,
        severity,
        startsAt,
        endsAt,
        receivedAt,
        group,
        stateReason,
        values,
        labels);
  }

  public SampleAlerts values(Map<String, Double> values) {
    return new SampleAlerts(
        id,
        fingerprint,
        kind,
        status,
        severity,
        startsAt,
        endsAt,
        receivedAt,
        group,
        stateReason,
        values,
        labels);
  }

  public SampleAlerts labels(Map<String, String> labels) {
    return new SampleAlerts(
        id,
        fingerprint,
        kind,
        status,
        severity,
        startsAt,
        endsAt,
        receivedAt,
        group,
        stateReason,
        values,
        labels);
  }

  public Alert alert() {
    return new Alert(
        id,
        "receipt-" + id,
        "grafana",
        "1",
        fingerprint,
        kind,
        status,
        severity,
        "Checkout is slow",
        labels,
        Map.of("summary", "p99 over 2 s"),
        startsAt,
        endsAt,
        receivedAt,
        group,
        Map.of("cluster", "a", "service", "checkout"),
        stateReason,
        values,
        Links.NONE,
        0,
        "{}");
  }
}
