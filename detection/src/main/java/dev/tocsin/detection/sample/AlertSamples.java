// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.sample.SeriesId;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The values an alert carries, as samples. */
public final class AlertSamples {

  /** In these states Grafana puts -1 where there is no value. */
  private static final Set<String> NO_VALUES = Set.of("NoData", "Error");

  private AlertSamples() {}

  public static List<Sample> of(Alert alert) {
    boolean none = alert.stateReason() != null && NO_VALUES.contains(alert.stateReason());
    if (alert.kind() != AlertKind.CONDITION || none) {
      return List.of();
    }
    String origin = "alert/" + alert.source();
    return new TreeMap<>(alert.values())
        .entrySet().stream()
            .map(
                value ->
                    new Sample(
                        SeriesId.of(
                            origin + '/' + alert.org() + '/' + value.getKey(), alert.labels()),
                        value.getKey(),
                        alert.labels(),
                        alert.receivedAt(),
                        value.getValue(),
                        origin,
                        alert.group(),
                        null,
                        null))
            .toList();
  }
}
