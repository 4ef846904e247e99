// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier;

import static dev.tocsin.notifier.Samples.NOON;
import static dev.tocsin.notifier.Samples.REPEATING;
import static dev.tocsin.notifier.Samples.page;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.Samples.Scripted;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.setting.Setting.Filter;
import dev.tocsin.schemas.setting.Setting.Subscription;
import dev.tocsin.schemas.step.StepResult;
import dev.tocsin.schemas.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records in, notifications to subscribers out. */
class FanOutTest {

  private static final IncidentEvent OPENED =
      new IncidentEvent.Opened(
          "inc1",
          NOON,
          1,
          "shop",
          Map.of("service", "shop"),
          "disk full",
          Severity.ERROR,
          Samples.alert(Map.of("service", "shop", "host", "a")),
          null);

  private final NotifierDriver driver =
      new NotifierDriver(
          new Scripted("pagerduty", REPEATING), new Scripted("webhook", Samples.paced(16, 0)));

  @BeforeEach
  void subscribe() {
    subscribe("all", new Filter(null, null), "*");
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private void subscribe(String id, Filter filter, String... events) {
    Setting subscription =
        new Subscription(id, "https://example.org/", List.of(events), filter, 1, true, "ann", NOON);
    driver.pipe(Topics.SETTINGS, subscription.key(), subscription);
  }

  private void happened(IncidentEvent event) {
    driver.pipe(Topics.INCIDENTS, event.incidentId(), event);
  }

  /** What was told since last asked, as {@code subscription: type}. */
  private List<String> told() {
    return driver.notifications().stream().map(FanOutTest::told).toList();
  }

  private static String told(Notification n) {
    return n.endpoint().substring("webhook/".length())
        + ": "
        + ((Content.Event) n.content()).eventType().substring("dev.tocsin.".length());
  }

  @Test
  void incident_isToldFromItsOpeningToItsEnd() {
    happened(OPENED);
    happened(new IncidentEvent.NoteAdded("inc1", NOON, 1, "ann", "console", "on it"));
    happened(new IncidentEvent.Acknowledged("inc1", NOON, 1, "ann", "console"));
    happened(
        new IncidentEvent.Resolved("inc1", NOON, 1, IncidentEvent.Cause.ALL_CLEAR, "", "grafana"));
    happened(new IncidentEvent.Reopened("inc1", NOON, 2, Samples.alert(Map.of())));
    assertThat(told())
        .containsExactly(
            "all: incident.opened",
            "all: incident.updated",
            "all: incident.acknowledged",
            "all: incident.resolved",
            "all: incident.reopened");
  }

  @Test
  void events_ofOneIncidentReachASubscriberInOrder() {
    happened(OPENED);
    happened(new IncidentEvent.SeverityRaised("inc1", NOON, 1, Severity.ERROR, Severity.CRITICAL));
    assertThat(driver.notifications()).extracting(Notification::order).containsOnly("inc1");
  }

  @Test
  void filter_followsTheIncident() {
    subscribe("critical", new Filter(Severity.CRITICAL, Map.of("service", "shop")), "*");
    happened(OPENED);
    assertThat(told()).containsExactly("all: incident.opened");
    happened(new IncidentEvent.SeverityRaised("inc1", NOON, 1, Severity.ERROR, Severity.CRITICAL));
    assertThat(told()).containsExactly("all: incident.updated", "critical: incident.updated");
  }

  @Test
  void alertLabels_countOnlyWhileAllAlertsHaveThem() {
    subscribe("host-a", new Filter(null, Map.of("host", "a")), "*");
    happened(OPENED);
    assertThat(told()).contains("host-a: incident.opened");
    happened(
        new IncidentEvent.AlertAdded(
            "inc1", NOON, 1, Samples.alert(Map.of("service", "shop", "host", "b"))));
    assertThat(told()).containsExactly("all: incident.updated");
  }

  @Test
  void takenBackSubscription_hearsNothing() {
    driver.pipe(Topics.SETTINGS, "subscription/all", null);
    happened(OPENED);
    assertThat(told()).isEmpty();
  }

  @Test
  void anomaly_isToldOnceForItsWholeLength() {
    driver.pipe(Topics.ANOMALIES, "shop", anomaly(Anomaly.Status.OFF_BAND, NOON));
    driver.pipe(Topics.ANOMALIES, "shop", anomaly(Anomaly.Status.OFF_BAND, NOON.plusSeconds(15)));
    driver.pipe(Topics.ANOMALIES, "shop", anomaly(Anomaly.Status.BACK, NOON.plusSeconds(30)));
    assertThat(driver.notifications())
        .extracting(Notification::id)
        .hasSize(2)
        .containsOnly(driver.attempt().notification().id());
  }

  private static Anomaly anomaly(Anomaly.Status status, Instant at) {
    return new Anomaly(
        "cpu@noon",
        "cpu",
        "cpu",
        Map.of(),
        status,
        Severity.WARNING,
        NOON,
        at,
        9,
        1,
        0,
        2,
        8,
        1,
        "shop",
        Map.of(),
        "far above",
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void investigationAndRun_areToldAtTheirEnd() {
    Evidence own = evidence("e1", "alert");
    Evidence asked = evidence("e2", "prometheus");
    Context context =
        new Context(
            "full",
            null,
            null,
            List.of(),
            List.of(own, asked),
            List.of(),
            List.of(),
            null,
            0,
            5,
            NOON);
    driver.pipe(
        Topics.STEP_RESULTS,
        "inc1",
        new StepResult(
            "stp1", "run1", "inc1", "investigate", 1, StepResult.Outcome.DONE, context, "", NOON));
    for (Run.Status status : List.of(Run.Status.RUNNING, Run.Status.FINISHED)) {
      driver.pipe(
          Topics.RUNS,
          "inc1",
          new Run("run1", "inc1", 1, "default", "1", status, NOON, NOON, List.of()));
    }
    assertThat(told())
        .containsExactly(
            "all: tool.executed", "all: investigation.completed", "all: playbook.finished");
  }

  private static Evidence evidence(String id, String source) {
    return new Evidence(id, source, "title", "text", "query", NOON, null);
  }

  @Test
  void deliveredPage_isToldAndADeadOneToo() {
    driver.plan(page("inc1"), page("inc2"));
    var attempts = driver.attempts();
    driver.answer(attempts.get(0), new Outcome.Delivered("R-1"));
    driver.answer(attempts.get(1), new Outcome.GiveUp(Reason.BAD_REQUEST, "no"));
    assertThat(told()).contains("all: page.sent", "all: delivery.failed");
  }

  @Test
  void deadWebhook_isToldToOthersOnceAndNeverToItself() {
    subscribe("other", new Filter(null, null), "*");
    happened(OPENED);
    assertThat(told()).containsExactly("all: incident.opened", "other: incident.opened");
    driver.attempts().forEach(a -> driver.answer(a, gone()));
    assertThat(told()).containsExactly("other: delivery.failed", "all: delivery.failed");
    driver.attempts().forEach(a -> driver.answer(a, gone()));
    assertThat(told()).isEmpty();
  }

  private static Outcome gone() {
    return new Outcome.GiveUp(Reason.GONE, "410");
  }

  @Test
  void unreadableSetting_stopsNothing() {
    driver.pipeBytes(Topics.SETTINGS, "subscription/all", new byte[] {'?'});
    happened(OPENED);
    assertThat(told()).containsExactly("all: incident.opened");
  }
}
