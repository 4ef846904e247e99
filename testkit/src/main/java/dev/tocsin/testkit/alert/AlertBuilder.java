// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.alert;

import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes one alert for a test: what is not said is as an ordinary Grafana alert has it. */
public final class AlertBuilder {

  private static final List<String> GROUP_BY = List.of("cluster", "namespace", "service");

  private final Map<String, String> labels = new TreeMap<>();
  private final Map<String, String> annotations = new TreeMap<>();
  private final Map<String, Double> values = new TreeMap<>();
  private String source = "grafana";
  private String org = "1";
  private AlertKind kind = AlertKind.CONDITION;
  private Severity severity = Severity.ERROR;
  private @Nullable String group;
  private @Nullable String fingerprint;
  private @Nullable String receipt;
  private @Nullable String stateReason;
  private @Nullable String title;

  private AlertBuilder() {}

  /** An alert with this {@code alertname}. */
  public static AlertBuilder named(String alertname) {
    return new AlertBuilder().label("alertname", alertname);
  }

  /** The same condition; the receipt, the times and the state reason are not taken over. */
  public static AlertBuilder like(Alert alert) {
    AlertBuilder builder = new AlertBuilder();
    builder.labels.putAll(alert.labels());
    builder.annotations.putAll(alert.annotations());
    builder.values.putAll(alert.values());
    builder.source = alert.source();
    builder.org = alert.org();
    builder.kind = alert.kind();
    builder.severity = alert.severity();
    builder.group = alert.group();
    builder.fingerprint = alert.fingerprint();
    builder.title = alert.title();
    return builder;
  }

  public AlertBuilder label(String name, String value) {
    labels.put(name, value);
    return this;
  }

  public AlertBuilder annotation(String name, String value) {
    annotations.put(name, value);
    return this;
  }

  public AlertBuilder summary(String summary) {
    return annotation("summary", summary);
  }

  public AlertBuilder value(String name, double value) {
    values.put(name, value);
    return this;
  }

  /** Also the label {@code severity}. */
  public AlertBuilder severity(Severity severity) {
    this.severity = severity;
    return label("severity", severity.name().toLowerCase(java.util.Locale.ROOT));
  }

  public AlertBuilder kind(AlertKind kind) {
    this.kind = kind;
    return this;
  }

  public AlertBuilder source(String source) {
    this.source = source;
    return this;
  }

  public AlertBuilder org(String org) {
    this.org = org;
    return this;
  }

  public AlertBuilder group(String group) {
    this.group = group;
    return this;
  }

  public AlertBuilder title(String title) {
    this.title = title;
    return this;
  }

  public AlertBuilder receipt(String receipt) {
    this.receipt = receipt;
    return this;
  }

  public AlertBuilder stateReason(String stateReason) {
    this.stateReason = stateReason;
    return this;
  }

  /** Received a second after it began. */
  public Alert firing(Instant startsAt) {
    return build(AlertStatus.FIRING, startsAt, null, startsAt.plusSeconds(1));
  }

  /** Received a second after it ended. */
  public Alert resolved(Instant startsAt, Instant endsAt) {
    return build(AlertStatus.RESOLVED, startsAt, endsAt, endsAt.plusSeconds(1));
  }

  private Alert build(
      AlertStatus status, Instant startsAt, @Nullable Instant endsAt, Instant receivedAt) {
    String identity =
        fingerprint != null ? fingerprint : ContentId.of("fp", labels).substring("fp_".length());
    String message =
        receipt != null ? receipt : ContentId.of("rcp", source, identity, status, receivedAt);
    return new Alert(
        message + "-0",
        message,
        source,
        org,
        identity,
        kind,
        status,
        severity,
        titleText(),
        Map.copyOf(labels),
        Map.copyOf(annotations),
        startsAt,
        endsAt,
        receivedAt,
        group != null ? group : groupText(),
        Map.copyOf(groupLabels()),
        stateReason,
        Map.copyOf(values),
        Links.NONE,
        0,
        "{}");
  }

  private String titleText() {
    if (title != null) {
      return title;
    }
    String name = labels.getOrDefault("alertname", "Alert");
    String summary = annotations.get("summary");
    return summary == null ? name : name + ": " + summary;
  }

  private Map<String, String> groupLabels() {
    Map<String, String> chosen = new LinkedHashMap<>();
    for (String name : GROUP_BY) {
      String value = labels.get(name);
      if (value != null) {
        chosen.put(name, value);
      }
    }
    return chosen;
  }

  private String groupText() {
    StringBuilder text = new StringBuilder("org=").append(org);
    if (labels.containsKey("service")) {
      groupLabels()
          .forEach((name, value) -> text.append(',').append(name).append('=').append(value));
    } else {
      text.append(",source=").append(source);
      text.append(",alertname=").append(labels.getOrDefault("alertname", ""));
    }
    return text.toString();
  }
}
