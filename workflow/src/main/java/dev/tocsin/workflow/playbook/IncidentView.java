// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.playbook;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.workflow.wording.Phrases;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An incident as conditions see it. Its fields are a contract with the authors of playbooks: they
 * have types, so that a misspelt one is found when the playbook is read.
 */
final class IncidentView {

  static final String VARIABLE = "incident";

  /** The label that detection gives to the group of a storm. */
  private static final String STORM = "storm";

  static final CelType TYPE = StructTypeReference.create("tocsin.Incident");

  private static final CelType ALERT = StructTypeReference.create("tocsin.Alert");
  private static final CelType TEXTS = MapType.create(SimpleType.STRING, SimpleType.STRING);

  private static final ImmutableMap<String, CelType> INCIDENT_FIELDS =
      ImmutableMap.<String, CelType>builder()
          .put("id", SimpleType.STRING)
          .put("epoch", SimpleType.INT)
          .put("status", SimpleType.STRING)
          .put("severity", SimpleType.STRING)
          .put("kind", SimpleType.STRING)
          .put("title", SimpleType.STRING)
          .put("group", SimpleType.STRING)
          .put("labels", TEXTS)
          .put("openedAt", SimpleType.TIMESTAMP)
          .put("acknowledgedBy", SimpleType.STRING)
          .put("parent", SimpleType.STRING)
          .put("firing", SimpleType.INT)
          .put("flapping", SimpleType.BOOL)
          .put("alerts", ListType.create(ALERT))
          .buildOrThrow();

  private static final ImmutableMap<String, CelType> ALERT_FIELDS =
      ImmutableMap.of(
          "source", SimpleType.STRING,
          "kind", SimpleType.STRING,
          "status", SimpleType.STRING,
          "severity", SimpleType.STRING,
          "title", SimpleType.STRING,
          "labels", TEXTS,
          "annotations", TEXTS,
          "values", MapType.create(SimpleType.STRING, SimpleType.DOUBLE));

  static final CelTypeProvider TYPES = types();

  private IncidentView() {}

  static ImmutableSet<String> fields() {
    return INCIDENT_FIELDS.keySet();
  }

  static Map<String, Object> of(Incident incident) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", incident.id());
    view.put("epoch", (long) incident.epoch());
    view.put("status", incident.status().name());
    view.put("severity", incident.severity().name());
    view.put("kind", kind(incident));
    view.put("title", incident.title());
    view.put("group", incident.group());
    view.put("labels", Phrases.commonLabels(incident));
    view.put("openedAt", incident.openedAt());
    view.put("acknowledgedBy", Optional.ofNullable(incident.acknowledgedBy()).orElse(""));
    view.put("parent", Optional.ofNullable(incident.parent()).orElse(""));
    view.put("firing", incident.firing() + incident.moreAlerts());
    view.put("flapping", incident.flapping());
    view.put("alerts", incident.alerts().values().stream().map(IncidentView::of).toList());
    return view;
  }

  /**
   * An incident is an anomaly only until somebody's alert joins it, and a storm never is: it speaks
   * for incidents that would have paged.
   */
  private static String kind(Incident incident) {
    if (incident.groupLabels().containsKey(STORM)) {
      return "STORM";
    }
    return incident.alerts().values().stream()
        .map(IncidentAlert::kind)
        .filter(kind -> kind != AlertKind.ANOMALY)
        .findFirst()
        .orElse(AlertKind.ANOMALY)
        .name();
  }

  private static Map<String, Object> of(IncidentAlert alert) {
    return Map.of(
        "source", alert.source(),
        "kind", alert.kind().name(),
        "status", alert.status().name(),
        "severity", alert.severity().name(),
        "title", alert.title(),
        "labels", alert.labels(),
        "annotations", alert.annotations(),
        "values", alert.values());
  }

  private static CelTypeProvider types() {
    ImmutableMap<String, CelType> known =
        ImmutableMap.of(
            TYPE.name(), struct(TYPE.name(), INCIDENT_FIELDS),
            ALERT.name(), struct(ALERT.name(), ALERT_FIELDS));
    return new CelTypeProvider() {
      @Override
      public com.google.common.collect.ImmutableCollection<CelType> types() {
        return known.values();
      }

      @Override
      public Optional<CelType> findType(String name) {
        return Optional.ofNullable(known.get(name));
      }
    };
  }

  private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
    return StructType.create(
        name, fields.keySet(), field -> Optional.ofNullable(fields.get(field)));
  }
}
