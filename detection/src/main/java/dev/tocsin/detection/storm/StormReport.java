// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.storm;

import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A storm in words: an alert of our own, so that the incident about it lives like any other; and
 * what is said of it as it goes on.
 */
final class StormReport {

  private StormReport() {}

  static Alert of(Tally storm, String group, AlertStatus status, Instant now) {
    String id = ContentId.of("storm", group, storm.since(), status, storm.worst());
    return new Alert(
        id,
        id,
        "tocsin",
        "",
        "storm",
        AlertKind.ANOMALY,
        status,
        storm.worst(),
        "Storm: %d incidents opened within a minute".formatted(storm.incidents()),
        Map.of("alertname", "IncidentStorm"),
        Map.of(
            "description",
            "Further incidents open under this one, and page nobody themselves. " + first(storm)),
        storm.since(),
        status == AlertStatus.RESOLVED ? now : null,
        now,
        group,
        Map.of("storm", group),
        null,
        Map.of("incidents", (double) storm.incidents()),
        Links.NONE,
        0,
        "{}");
  }

  /**
   * What opened first is where to look until more is known; which of them is the likely first cause
   * is for the correlation to say, which weighs more than their order.
   */
  private static String first(Tally storm) {
    Opening first = storm.first().getFirst();
    String next =
        storm.first().stream()
            .skip(1)
            .map(opening -> '“' + opening.title() + '”')
            .collect(Collectors.joining(", "));
    return "Opened first: “%s” (%s, %s)%s."
        .formatted(
            first.title(),
            first.severity().name().toLowerCase(Locale.ROOT),
            first.at(),
            next.isEmpty() ? "" : "; then " + next);
  }

  /** Whether a number of incidents is worth a word: 20, 50, 100, 200, 500, ... */
  static boolean isRound(int incidents) {
    int left = incidents;
    while (left >= 10 && left % 10 == 0) {
      left /= 10;
    }
    return incidents >= 20 && (left == 1 || left == 2 || left == 5);
  }

  static String growing(Tally storm, Opening latest) {
    return "The storm grows: %d incidents opened since %s, the latest “%s”."
        .formatted(storm.incidents(), storm.since(), latest.title());
  }

  static String ebbing(Tally storm) {
    return "The storm is over: %d incidents opened in it. %d of those under this one are not over; it is resolved with the last."
        .formatted(storm.incidents(), storm.open());
  }
}
