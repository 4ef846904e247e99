// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.inhibit;

import static dev.tocsin.detection.incident.SampleAlerts.firing;
import static dev.tocsin.detection.incident.SampleAlerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.incident.AlertGroup;
import dev.tocsin.detection.incident.Condition;
import dev.tocsin.detection.incident.Decision;
import dev.tocsin.detection.incident.Episode;
import dev.tocsin.detection.incident.SampleAlerts;
import dev.tocsin.schemas.hold.Inhibitor;
import dev.tocsin.schemas.incident.IncidentAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InhibitorRulesTest {

  private static final Instant NOW = SampleAlerts.T0.plusSeconds(10);
  private static final Episode EPISODE = new Episode(SampleAlerts.T0, true);
  private static final Condition FIRING =
      new Condition.Firing("a", EPISODE, 0, NOW.plusSeconds(9), false, List.of());
  private static final Condition HELD =
      new Condition.Held(
          IncidentAlert.of(firing("a").alert()),
          Map.of(),
          EPISODE,
          List.of(),
          false,
          NOW.plusSeconds(9),
          NOW.plusSeconds(9),
          List.of());
  private static final Condition FLAPS_UP =
      new Condition.Flapping("a", EPISODE, 0, true, NOW.plusSeconds(9), List.of());
  private static final Condition FLAPS_DOWN =
      new Condition.Flapping("a", EPISODE, 0, false, NOW.plusSeconds(9), List.of());
  private static final Condition OVER =
      new Condition.Over("a", EPISODE, null, false, NOW.plusSeconds(9), List.of());

  private static final Inhibitor FRESH = told(13);
  private static final Inhibitor HALF_OVER = told(11);
  private static final SampleAlerts FIRES = firing("x");
  private static final SampleAlerts ENDS = resolved("x");

  /** The condition after the decision × the report × whether a rule wants it × what was told. */
  static Stream<Arguments> table() {
    return Stream.of(
        row(FIRING, FIRES, true, null, "told"),
        row(HELD, FIRES, true, null, "told"),
        row(FLAPS_UP, FIRES, true, null, "told"),
        row(FIRING, FIRES, false, null, "nothing"),
        row(FIRING, FIRES, true, FRESH, "nothing"),
        row(FIRING, FIRES, true, HALF_OVER, "told"),
        row(FIRING, FIRES, false, FRESH, "taken back"),
        row(OVER, ENDS, true, FRESH, "taken back"),
        row(OVER, ENDS, true, null, "nothing"),
        row(OVER, FIRES, true, null, "nothing"),
        row(FLAPS_DOWN, ENDS, true, FRESH, "taken back"),
        // A late report of an end, or time, says nothing of what fires on.
        row(FIRING, ENDS, false, FRESH, "nothing"),
        row(FIRING, null, false, FRESH, "nothing"),
        row(FIRING, null, false, null, "nothing"),
        row(OVER, null, false, FRESH, "taken back"),
        row(null, null, false, FRESH, "taken back"));
  }

  private static Arguments row(
      @Nullable Condition condition,
      @Nullable SampleAlerts alert,
      boolean wanted,
      @Nullable Inhibitor told,
      String change) {
    return Arguments.of(condition, alert, wanted, told, change);
  }

  @ParameterizedTest
  @MethodSource("table")
  void inhibitor_isToldAndTakenBack(
      @Nullable Condition condition,
      @Nullable SampleAlerts alert,
      boolean wanted,
      @Nullable Inhibitor told,
      String change) {
    Decision decision =
        new Decision(AlertGroup.unknown("g"), "fp", condition, List.of(), null, null);
    String found =
        new InhibitorRules(Duration.ofHours(24))
            .after(decision, alert == null ? null : alert.alert(), wanted, told, NOW)
            .map(c -> c.inhibitor() == null ? "taken back" : "told")
            .orElse("nothing");
    assertThat(found).isEqualTo(change);
  }

  private static Inhibitor told(int hoursLeft) {
    return new Inhibitor("a", "", Map.of(), NOW, NOW.plus(Duration.ofHours(hoursLeft)));
  }
}
