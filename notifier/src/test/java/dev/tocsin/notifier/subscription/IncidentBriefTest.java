// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.subscription;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.Samples;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.incident.IncidentEvent.Cause;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IncidentBriefTest {

  private static final String ID = "inc_1";

  private static final IncidentEvent OPENED =
      new IncidentEvent.Opened(
          ID,
          NOON,
          1,
          "g",
          Map.of("service", "shop"),
          "down",
          Severity.ERROR,
          Samples.alert(Map.of("service", "till", "pod", "a", "zone", "1")),
          "inc_storm");
  private static final IncidentEvent ACKNOWLEDGED =
      new IncidentEvent.Acknowledged(ID, NOON, 1, "ada", "console");
  private static final IncidentEvent RAISED =
      new IncidentEvent.SeverityRaised(ID, NOON, 1, Severity.ERROR, Severity.CRITICAL);
  private static final IncidentEvent RESOLVED =
      new IncidentEvent.Resolved(ID, NOON, 1, Cause.ALL_CLEAR, "tocsin", "detection");
  private static final IncidentEvent REOPENED =
      new IncidentEvent.Reopened(ID, NOON, 2, Samples.alert(Map.of("zone", "1")));
  private static final IncidentEvent ADDED =
      new IncidentEvent.AlertAdded(ID, NOON, 1, Samples.alert(Map.of("pod", "b", "zone", "1")));
  private static final IncidentEvent NOTE =
      new IncidentEvent.NoteAdded(ID, NOON, 2, "ada", "console", "was DNS");

  static Stream<Arguments> stories() {
    return Stream.of(
        // what was told -> epoch, status, severity, who has it, parent, labels
        row("1 OPEN ERROR null inc_storm {pod=a, service=shop, zone=1}", OPENED),
        row("1 ACKNOWLEDGED ERROR ada inc_storm {pod=a, service=shop, zone=1}", ACKNOWLEDGED),
        row("1 OPEN CRITICAL null inc_storm {pod=a, service=shop, zone=1}", RAISED),
        row("1 RESOLVED ERROR ada inc_storm {pod=a, service=shop, zone=1}", ACKNOWLEDGED, RESOLVED),
        // what not all alerts have is not the incident's, but its group's labels are
        row("1 OPEN ERROR null inc_storm {service=shop, zone=1}", ADDED),
        // nobody has it again, and no storm speaks for it
        row(
            "2 OPEN CRITICAL null null {service=shop, zone=1}",
            ACKNOWLEDGED,
            RAISED,
            RESOLVED,
            REOPENED),
        row("2 OPEN ERROR null null {service=shop, zone=1}", RESOLVED, REOPENED, NOTE),
        // history told again
        row("1 OPEN ERROR null inc_storm {pod=a, service=shop, zone=1}", OPENED),
        row("1 RESOLVED ERROR null inc_storm {pod=a, service=shop, zone=1}", RESOLVED, RAISED),
        row("1 RESOLVED ERROR null inc_storm {pod=a, service=shop, zone=1}", RESOLVED, ADDED),
        row("1 RESOLVED ERROR null inc_storm {pod=a, service=shop, zone=1}", RESOLVED, OPENED),
        row(
            "2 OPEN ERROR null null {service=shop, zone=1}",
            RESOLVED,
            REOPENED,
            OPENED,
            ACKNOWLEDGED,
            RESOLVED,
            REOPENED));
  }

  @ParameterizedTest(name = "{1} -> {0}")
  @MethodSource("stories")
  void brief_isWhatWasToldOfTheIncident(String expected, List<IncidentEvent> events) {
    IncidentBrief brief = IncidentBrief.after(null, OPENED);
    for (IncidentEvent event : events) {
      brief = IncidentBrief.after(brief, event);
    }
    assertThat(
            "%d %s %s %s %s %s"
                .formatted(
                    brief.epoch(),
                    brief.status(),
                    brief.severity(),
                    brief.acknowledgedBy(),
                    brief.parent(),
                    brief.labels()))
        .isEqualTo(expected);
    assertThat(brief.openedAt()).isEqualTo(NOON);
    assertThat(brief.resolvedAt() == null).isEqualTo(!expected.contains("RESOLVED"));
  }

  @Test
  void incidentWhoseBeginningIsNotKnown_hasNoBrief() {
    for (IncidentEvent event : List.of(ACKNOWLEDGED, RAISED, RESOLVED, REOPENED, ADDED, NOTE)) {
      assertThat(IncidentBrief.after(null, event)).as(event.type()).isNull();
    }
  }

  private static Arguments row(String expected, IncidentEvent... events) {
    return Arguments.of(expected, List.of(events));
  }
}
