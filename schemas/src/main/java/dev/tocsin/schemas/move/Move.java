// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.move;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.incident.IncidentAlert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A letter from one alert group to another: they may live on different partitions. Its key is the
 * group it goes to.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Move {

  /**
   * Conditions that fire are yours from now on.
   *
   * @param into the incident a person put them into; null for a new one
   * @param incidentId the incident they were in; null when they were held back, and in none
   * @param fromGroup where that is known, and where further reports of them come in
   * @param whole whether all of the group is meant, and not only these
   */
  @JsonTypeName("take-in")
  record TakeIn(
      String group,
      @Nullable String into,
      @Nullable String incidentId,
      String fromGroup,
      String title,
      Map<String, String> groupLabels,
      List<IncidentAlert> alerts,
      boolean whole,
      String by,
      String via,
      Instant at)
      implements Move {}

  /**
   * A further report of a condition that a person moved.
   *
   * @param way the groups it came to, in order: it never goes to one of them again
   */
  @JsonTypeName("carried")
  record Carried(String group, Alert alert, List<String> way, Instant at) implements Move {}

  /**
   * A further report of a series whose anomaly a person moved.
   *
   * @param way the groups it came to, in order: it never goes to one of them again
   */
  @JsonTypeName("carried-anomaly")
  record CarriedAnomaly(String group, Anomaly anomaly, List<String> way, Instant at)
      implements Move {}

  /**
   * The incident that your alerts were moved into is over, or is open again.
   *
   * @param target the group of that incident
   * @param until when your alerts are your own again; null while it is open
   */
  @JsonTypeName("target")
  record Target(String group, String target, @Nullable Instant until, Instant at) implements Move {}

  /** The alert group it goes to. */
  String group();

  Instant at();

  /** Content makes the id. */
  default String id() {
    return switch (this) {
      case TakeIn m ->
          ContentId.of("mov", m.group(), m.fromGroup(), String.valueOf(m.incidentId()), m.at());
      case Carried m -> ContentId.of("mov", m.group(), m.alert().id());
      case CarriedAnomaly m -> ContentId.of("mov", m.group(), m.anomaly().id(), m.at());
      case Target m ->
          ContentId.of("mov", m.group(), m.target(), String.valueOf(m.until()), m.at());
    };
  }
}
