// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StormRulesTest {

  private static final String GROUP = "storm/0/0";
  private final StormRules rules = new StormRules(6);
  private StormState state = StormState.CALM;
  private int opened;
  private Instant now = Instant.parse("2026-11-22T10:00:00Z");

  @ParameterizedTest(name = "{0} opens, one every {1} s: storm {2}")
  @CsvSource({"6, 1, false", "7, 1, true", "7, 9, true", "7, 11, false", "100, 12, false"})
  void storm_isMoreThanTheLimitWithinAMinute(int opens, int every, boolean storm) {
    for (int i = 0; i < opens; i++) {
      open(Severity.ERROR, true);
      now = now.plusSeconds(every);
    }
    assertThat(state instanceof StormState.Raging).isEqualTo(storm);
  }

  @Test
  void report_isMadeOnceAndAgainWhenItBecomesWorse() {
    for (int i = 0; i < 6; i++) {
      assertThat(open(Severity.WARNING, false).report()).isNull();
    }
    Alert report = open(Severity.INFO, false).report();
    assertThat(report.title()).isEqualTo("Storm: 7 incidents opened within a minute");
    assertThat(report.severity()).isEqualTo(Severity.WARNING);
    assertThat(report.annotations().get("description"))
        .contains("Opened first: “service 0” (warning, 2026-11-22T10")
        .doesNotContain("cause")
        .contains("then “service 1”, “service 2”");
    assertThat(open(Severity.WARNING, true).report()).isNull();
    assertThat(open(Severity.CRITICAL, true).report().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(state.storm().incidents()).isEqualTo(9);
  }

  @Test
  void growth_isToldAtRoundNumbers() {
    List<Integer> told = new ArrayList<>();
    for (int i = 1; i <= 1200; i++) {
      if (open(Severity.ERROR, i > 7).note() != null) {
        told.add(i);
      }
    }
    assertThat(told).containsExactly(20, 50, 100, 200, 500, 1000);
  }

  /** Children: how many open; what closes; whether the storm's incident is resolved after 7 min. */
  @ParameterizedTest(name = "{0} of 4 children close during it: {1}")
  @CsvSource({"0, EBBING", "3, EBBING", "4, CALM"})
  void storm_isResolvedWhenItIsCalmAndNothingUnderItIsOpen(int closed, String after) {
    storm();
    Instant since = state.since();
    for (int i = 0; i < 3; i++) {
      open(Severity.ERROR, true);
    }
    for (int i = 0; i < closed; i++) {
      assertThat(close(since).report()).isNull();
    }
    StormRules.Step last = calmDown();
    assertThat(state.getClass().getSimpleName()).isEqualToIgnoringCase(after);
    assertThat(last.report() != null).isEqualTo(after.equals("CALM"));
    assertThat(last.note() != null).isEqualTo(after.equals("EBBING"));
    for (int i = closed; i < 4; i++) {
      assertThat(state.storm()).isNotNull();
      last = close(since);
    }
    assertThat(last.report().status()).isEqualTo(AlertStatus.RESOLVED);
    assertThat(state).isInstanceOf(StormState.Calm.class);
  }

  @Test
  void calm_takesFiveMinutes() {
    storm();
    Instant began = now;
    calmDown();
    assertThat(Duration.between(began, now))
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(7));
  }

  @Test
  void ebbingStorm_speaksForNoNewIncident_untilItGrowsAgain() {
    storm();
    calmDown();
    for (int i = 0; i < 6; i++) {
      open(Severity.ERROR, true);
      assertThat(state.since()).isNull();
    }
    StormRules.Step again = open(Severity.ERROR, true);
    assertThat(state.since()).isNotNull();
    assertThat(again.report()).isNull();
    assertThat(again.note()).contains("grows");
  }

  @Test
  void childOfAnotherStorm_countsForNoneOfThis() {
    storm();
    close(state.since().minusSeconds(100));
    assertThat(state.storm().open()).isEqualTo(1);
    StormRules.Step raised =
        rules.raised(state, state.since().minusSeconds(100), GROUP, Severity.CRITICAL, now);
    assertThat(raised.report()).isNull();
  }

  @Test
  void childThatBecomesWorse_makesTheStormWorse() {
    storm();
    StormRules.Step step = rules.raised(state, state.since(), GROUP, Severity.CRITICAL, now);
    assertThat(step.report().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(rules.raised(step.state(), state.since(), GROUP, Severity.CRITICAL, now).report())
        .isNull();
  }

  @ParameterizedTest(name = "alarmed {0} min ago, {1} opens: storm {2}")
  @CsvSource({"1, 3, false", "1, 4, true", "59, 4, true", "61, 4, false", "61, 7, true"})
  void alarm_lowersTheLimitToAThirdForAnHour(int minutesAgo, int opens, boolean storm) {
    state = rules.alarmed(state, true, now.minus(Duration.ofMinutes(minutesAgo)));
    for (int i = 0; i < opens; i++) {
      open(Severity.ERROR, true);
    }
    assertThat(state instanceof StormState.Raging).isEqualTo(storm);
    assertThat(rules.alarmed(state, false, now).alarmedUntil()).isNull();
  }

  @Test
  void storm_thatAPersonResolvedSpeaksForNobodyAndIsCountedAnew() {
    for (int i = 0; i < 7; i++) {
      open(Severity.ERROR, true);
    }
    for (int i = 0; i < 6; i++) {
      assertThat(open(Severity.ERROR, false).report()).isNull();
      assertThat(state).isInstanceOf(StormState.Calm.class);
    }
    assertThat(open(Severity.ERROR, false).report()).isNotNull();
  }

  @Test
  void sameInputs_makeTheSameReport() {
    Alert first = stormReport();
    state = StormState.CALM;
    opened = 0;
    assertThat(stormReport()).isEqualTo(first);
  }

  @Test
  void group_liesOnItsOwnPartition() {
    for (int partition = 0; partition < 7; partition++) {
      assertThat(StormGroup.partitionOf(StormGroup.of(partition, 7), 7)).isEqualTo(partition);
    }
  }

  @ParameterizedTest(name = "{0} a minute over {1} partitions: {2} on one")
  @CsvSource({
    "20, 1, 20",
    "20, 2, 17",
    "20, 4, 10",
    "20, 12, 5",
    "20, 1000, 3",
    "200, 4, 65",
    "6, 4, 4",
    "2, 4, 2"
  })
  void limitOfAll_isSharedByPartitions_withRoomForChance(int all, int partitions, int onOne) {
    assertThat(new StormSettings(true, all).opensOnOneOf(partitions)).isEqualTo(onOne);
  }

  @Test
  void limitBelowOne_isRefusedWithWords() {
    assertThatThrownBy(() -> new StormSettings(true, 0))
        .hasMessageContaining("tocsin.detection.storm.opens-per-minute")
        .hasMessageContaining("was 0");
  }

  private void storm() {
    for (int i = 0; i < 7; i++) {
      open(Severity.ERROR, true);
    }
  }

  /** The step in which the storm is no longer raging. */
  private StormRules.Step calmDown() {
    StormRules.Step step = null;
    while (state instanceof StormState.Raging) {
      now = now.plus(StormRules.CHECK_EVERY);
      step = rules.checked(state, GROUP, now);
      state = step.state();
    }
    return step;
  }

  private StormRules.Step close(Instant since) {
    StormRules.Step step = rules.closed(state, since, GROUP, now);
    state = step.state();
    return step;
  }

  private Alert stormReport() {
    Alert report = null;
    while (report == null) {
      report = open(Severity.ERROR, false).report();
    }
    return report;
  }

  private StormRules.Step open(Severity severity, boolean spoken) {
    Opening opening = new Opening("service " + opened++, severity, now);
    StormRules.Step step = rules.opened(state, spoken, GROUP, opening, now);
    state = step.state();
    return step;
  }
}
