// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An alert to vary: each method returns another one. */
public final class SampleAlerts {

  public static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
  public static final String GROUP = "org=1,cluster=a,service=checkout";

  private String id = "";
  private String fingerprint = "fp1";
  private AlertKind kind = AlertKind.CONDITION;
  private AlertStatus status = AlertStatus.FIRING;
  private Severity severity = Severity.ERROR;
  private Instant startsAt = T0;
  private @Nullable Instant endsAt;
  private Instant receivedAt = T0.plusSeconds(1);
  private String group = GROUP;
  private @Nullable String stateReason;
  private Map<String, Double> values = Map.of();
  private Map<String, String> labels =
      Map.of("alertname", "CheckoutSlow", "cluster", "a", "service", "checkout");

  private SampleAlerts() {}

  public static SampleAlerts firing(String id) {
    return new SampleAlerts().with(other -> other.id = id);
  }

  public static SampleAlerts resolved(String id) {
    return firing(id)
        .with(
            other -> {
              other.status = AlertStatus.RESOLVED;
              other.endsAt = T0.plusSeconds(60);
              other.receivedAt = T0.plusSeconds(61);
            });
  }

  private SampleAlerts with(Consumer<SampleAlerts> change) {
    SampleAlerts other = new SampleAlerts();
    other.id = id;
    other.fingerprint = fingerprint;
    other.kind = kind;
    other.status = status;
    other.severity = severity;
    other.startsAt = startsAt;
    other.endsAt = endsAt;
    other.receivedAt = receivedAt;
    other.group = group;
    other.stateReason = stateReason;
    other.values = values;
    other.labels = labels;
    change.accept(other);
    return other;
  }

  public SampleAlerts of(String fingerprint) {
    return with(other -> other.fingerprint = fingerprint);
  }

  public SampleAlerts kind(AlertKind kind) {
    return with(other -> other.kind = kind);
  }

  public SampleAlerts severity(Severity severity) {
    return with(other -> other.severity = severity);
  }

  /** Seconds after {@link #T0}. */
  public SampleAlerts startsAt(long seconds) {
    return with(
        other -> {
          other.startsAt = T0.plusSeconds(seconds);
          other.endsAt = endsAt == null ? null : T0.plusSeconds(seconds + 60);
          other.receivedAt = T0.plusSeconds(seconds + 61);
        });
  }

  public SampleAlerts endsAt(@Nullable Long seconds) {
    return with(other -> other.endsAt = seconds == null ? null : T0.plusSeconds(seconds));
  }

  /** As ingest writes an alert whose source gave no start. */
  public SampleAlerts startsWhenReceived(long seconds) {
    return with(
        other -> {
          other.startsAt = T0.plusSeconds(seconds);
          other.receivedAt = T0.plusSeconds(seconds);
        });
  }

  public SampleAlerts times(Instant startsAt, @Nullable Instant endsAt, Instant receivedAt) {
    return with(
        other -> {
          other.startsAt = startsAt;
          other.endsAt = endsAt;
          other.receivedAt = receivedAt;
        });
  }

  public SampleAlerts group(String group) {
    return with(other -> other.group = group);
  }

  public SampleAlerts because(String stateReason) {
    return with(other -> other.stateReason = stateReason);
  }

  public SampleAlerts values(Map<String, Double> values) {
    return with(other -> other.values = values);
  }

  public SampleAlerts labels(Map<String, String> labels) {
    return with(other -> other.labels = labels);
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
