// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.console.Samples;
import dev.tocsin.console.view.Counters;
import dev.tocsin.console.view.Folding;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {

  private static final Alert ALERT = Samples.alert("rcpt-0");
  private static final AlertOutcome OPENED =
      Samples.outcome(ALERT, AlertOutcome.Outcome.OPENED, "inc_1");

  @TempDir Path directory;

  @Test
  void alert_isUnexplainedUntilItsOutcomeComes() {
    try (Folding view = new Folding(directory, Alerts.folds())) {
      view.read(Topics.ALERTS, ALERT);
      assertThat(new Alerts(view.rows()).unexplained(5)).extracting("id").containsExactly("rcpt-0");
      view.read(Topics.ALERT_OUTCOMES, OPENED);
      assertThat(new Alerts(view.rows()).unexplained(5)).isEmpty();
      assertCounts(view, 1, 1);
    }
  }

  @Test
  void outcomeReadBeforeItsAlert_countsTheAlertOnce() {
    try (Folding view = new Folding(directory, Alerts.folds())) {
      view.read(Topics.ALERT_OUTCOMES, OPENED);
      assertCounts(view, 1, 1);
      view.read(Topics.ALERTS, ALERT);
      assertCounts(view, 1, 1);
      assertThat(new Alerts(view.rows()).unexplained(5)).isEmpty();
      assertThat(new Alerts(view.rows()).find("rcpt-0")).contains(ALERT);
    }
  }

  @Test
  void outcomeWithoutItsAlert_isStillAccepted() {
    // After 7 days the alerts topic has forgotten the alert, and the outcomes topic has not.
    try (Folding view = new Folding(directory, Alerts.folds())) {
      view.read(Topics.ALERT_OUTCOMES, OPENED);
      assertCounts(view, 1, 1);
    }
  }

  @Test
  void secondOutcome_isCountedAsWhatItIs() {
    try (Folding view = new Folding(directory, Alerts.folds())) {
      view.read(Topics.ALERTS, ALERT);
      view.readTogether(
          Topics.ALERT_OUTCOMES, OPENED, Samples.outcome(ALERT, AlertOutcome.Outcome.REPEAT, null));
      assertCounts(view, 1, 1);
      assertThat(Counters.of(view.rows()).sum(Alerts.REPEATED)).isEqualTo(1);
      assertThat(new Alerts(view.rows()).outcome("rcpt-0")).contains(OPENED);
    }
  }

  @Test
  void deadLetterThatWasReplayed_hasTheOutcomeOfItsReplay() {
    try (Folding view = new Folding(directory, Alerts.folds())) {
      view.read(Topics.ALERTS, ALERT);
      view.read(
          Topics.ALERT_OUTCOMES,
          Samples.outcome(ALERT, AlertOutcome.Outcome.DEAD_LETTER, null),
          OPENED);
      assertCounts(view, 1, 1);
      Counters counters = Counters.of(view.rows());
      assertThat(counters.sum(Alerts.REPEATED)).isZero();
      assertThat(counters.of(Alerts.OUTCOMES))
          .containsEntry("DEAD_LETTER", 0L)
          .containsEntry("OPENED", 1L);
      assertThat(new Alerts(view.rows()).outcome("rcpt-0")).contains(OPENED);
    }
  }

  @Test
  void receipt_findsItsAlertsAndNoOthers() {
    try (Folding view = new Folding(directory, Alerts.folds())) {
      view.read(
          Topics.ALERTS,
          Samples.alert("rcpt-10"),
          Samples.alert("rcpt-2"),
          Samples.alert("rcpt-2-1"),
          Samples.alert("rcpt2-0"));
      assertThat(new Alerts(view.rows()).ofReceipt("rcpt")).containsExactly("rcpt-2", "rcpt-10");
    }
  }

  private static void assertCounts(Folding view, long accepted, long accounted) {
    Counters counters = Counters.of(view.rows());
    assertThat(counters.sum(Alerts.ACCEPTED)).isEqualTo(accepted);
    assertThat(counters.sum(Alerts.OUTCOMES)).isEqualTo(accounted);
  }
}
