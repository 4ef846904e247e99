// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.flow;

import dev.tocsin.schemas.Cut;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.IncidentAlert;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report of an alert, as far as the flow of alerts is concerned.
 *
 * @param identity of the condition, over all sources
 * @param group the alert group: what is called a service here
 * @param team whose it says it is; empty when it does not
 * @param name of its rule
 * @param startsAt when the episode began; null when the source did not say
 */
public record Report(
    String org,
    String identity,
    String group,
    Map<String, String> groupLabels,
    String team,
    String name,
    String title,
    Severity severity,
    boolean firing,
    @Nullable Instant startsAt) {

  private static final String TEAM = "team";
  private static final String NAME = "alertname";
  private static final int LONGEST = 200;

  public static Report of(Alert alert) {
    return new Report(
        alert.org(),
        Cut.to(LONGEST, IncidentAlert.of(alert).identity()),
        alert.group(),
        alert.groupLabels(),
        Cut.to(LONGEST, alert.labels().getOrDefault(TEAM, "")),
        Cut.to(LONGEST, alert.labels().getOrDefault(NAME, alert.title())),
        Cut.to(LONGEST, alert.title()),
        alert.severity(),
        alert.isFiring(),
        alert.startsAt().equals(alert.receivedAt()) ? null : alert.startsAt());
  }
}
