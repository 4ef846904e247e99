// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Severity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StormRulesTest {

  private static final String GROUP = "storm/0/0";
  private final StormRules rules = new StormRules(new StormSettings(true, 6));
  private StormState state = StormState.CALM;
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
      assertThat(open(Severity.WARNING, false)).isNull();
    }
    Alert report = open(Severity.INFO, false);
    assertThat(report.title()).isEqualTo("Storm: 7 incidents opened within a minute");
    assertThat(report.severity()).isEqualTo(Severity.WARNING);
    assertThat(open(Severity.WARNING, true)).isNull();
    assertThat(open(Severity.CRITICAL, true).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(((StormState.Raging) state).incidents()).isEqualTo(9);
  }

  @Test
  void storm_isOverAfterFiveCalmMinutes() {
    for (int i = 0; i < 7; i++) {
      open(Severity.ERROR, true);
    }
    Alert report = null;
    Instant began = now;
    while (report == null) {
      now = now.plus(StormRules.CHECK_EVERY);
      StormRules.Step step = rules.checked(state, GROUP, now);
      state = step.state();
      report = step.report();
    }
    assertThat(report.status()).isEqualTo(AlertStatus.RESOLVED);
    assertThat(Duration.between(began, now))
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(7));
    assertThat(state).isInstanceOf(StormState.Calm.class);
  }

  @Test
  void storm_thatAPersonResolvedSpeaksForNobodyAndIsCountedAnew() {
    for (int i = 0; i < 7; i++) {
      open(Severity.ERROR, true);
    }
    for (int i = 0; i < 6; i++) {
      assertThat(open(Severity.ERROR, false)).isNull();
      assertThat(state).isInstanceOf(StormState.Calm.class);
    }
    assertThat(open(Severity.ERROR, false)).isNotNull();
  }

  @Test
  void sameInputs_makeTheSameReport() {
    Alert first = stormReport();
    state = StormState.CALM;
    assertThat(stormReport()).isEqualTo(first);
  }

  @Test
  void group_liesOnItsOwnPartition() {
    for (int partition = 0; partition < 7; partition++) {
      assertThat(StormGroup.partitionOf(StormGroup.of(partition, 7), 7)).isEqualTo(partition);
    }
  }

  @Test
  void limitBelowOne_isRefusedWithWords() {
    assertThatThrownBy(() -> new StormSettings(true, 0))
        .hasMessageContaining("tocsin.detection.storm.opens-per-minute")
        .hasMessageContaining("was 0");
  }

  private Alert stormReport() {
    Alert report = null;
    while (report == null) {
      report = open(Severity.ERROR, false);
    }
    return report;
  }

  private Alert open(Severity severity, boolean spoken) {
    StormRules.Step step = rules.opened(state, spoken, GROUP, severity, now);
    state = step.state();
    return step.report();
  }
}
