// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.incident;

import static dev.tocsin.console.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.console.Samples;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.FirstCause;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.run.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

  private static final IncidentAlert ALERT = IncidentAlert.of(Samples.alert("a-0"));

  @Test
  void everyEvent_hasWords() {
    List<IncidentEvent> events =
        List.of(
            Samples.opened("inc_1", Samples.alert("a-0"), Severity.ERROR),
            new IncidentEvent.AlertAdded("inc_1", NOON.plusSeconds(1), 1, ALERT),
            new IncidentEvent.AlertCleared(
                "inc_1", NOON.plusSeconds(2), 1, ALERT.identity(), "a-1", "it went back"),
            new IncidentEvent.AnomalyAdded(
                "inc_1",
                NOON.plusSeconds(3),
                1,
                Samples.anomaly("x", NOON, dev.tocsin.schemas.anomaly.Anomaly.Status.OFF_BAND)),
            new IncidentEvent.SeverityRaised(
                "inc_1", NOON.plusSeconds(4), 1, Severity.ERROR, Severity.CRITICAL),
            new IncidentEvent.FlappingStarted("inc_1", NOON.plusSeconds(5), 1, "k", 6),
            new IncidentEvent.FlappingEnded("inc_1", NOON.plusSeconds(6), 1, "k"),
            new IncidentEvent.Acknowledged("inc_1", NOON.plusSeconds(7), 1, "maria", "pagerduty"),
            new IncidentEvent.NoteAdded("inc_1", NOON.plusSeconds(8), 1, "maria", "console", "hm"),
            Samples.resolved("inc_1", NOON.plusSeconds(9)),
            new IncidentEvent.Reopened("inc_1", NOON.plusSeconds(10), 2, ALERT));
    assertThat(Timeline.of(events, List.of(), List.of(), List.of()))
        .extracting(TimelineEntry::text)
        .containsExactly(
            "Opened as error by alert “Checkout error rate above 5 %” from grafana",
            "Joined by alert “Checkout error rate above 5 %” from grafana",
            "Condition “Checkout error rate above 5 %” cleared: it went back",
            "Anomaly found: checkout latency is 2.4 s; 0.1 to 0.6 s was expected",
            "Became worse: from error to critical",
            "Condition k flaps: 6 turns; its further turns are held back",
            "Condition k is quiet again",
            "Acknowledged by maria, over pagerduty",
            "maria says, over console: hm",
            "Resolved: every condition has cleared",
            "Opened again by alert “Checkout error rate above 5 %” from grafana");
  }

  @Test
  void runsContextAndDeliveries_standWhereTheyHappened() {
    List<TimelineEntry> timeline =
        Timeline.of(
            List.of(Samples.opened("inc_1", Samples.alert("a-0"), Severity.ERROR)),
            List.of(Samples.run("inc_1", Run.Status.FINISHED, NOON.plusSeconds(1))),
            List.of(Samples.context("inc_1", NOON.plusSeconds(4))),
            List.of(Samples.event("dlv_1", "inc_1", Delivery.Status.DEAD, NOON.plusSeconds(6))));
    assertThat(timeline)
        .extracting(TimelineEntry::kind)
        .containsExactly(
            "incident.opened",
            "run.started",
            "step.started",
            "context.arrived",
            "step.done",
            "step.started",
            "step.done",
            "delivery.planned",
            "delivery.attempt",
            "delivery.attempt",
            "delivery.dead",
            "run.finished");
    assertThat(timeline)
        .extracting(TimelineEntry::text)
        .contains(
            "Event dev.tocsin.incident.opened to webhook/sub_abc: attempt 1 did not work, will be tried again: the endpoint"
                + " answered 503 (30 ms)",
            "Event dev.tocsin.incident.opened to webhook/sub_abc given up: the endpoint answered 400");
  }

  @Test
  void firstCauseThatWasRevised_saysSo_andSoDoesTheOneBefore() {
    assertThat(
            Timeline.of(
                List.of(related("inc_a", 1), related("inc_b", 2), related("inc_b", 3)),
                List.of(),
                List.of(),
                List.of()))
        .extracting(TimelineEntry::text)
        .containsExactly(
            "Related to another incident; the likely first cause is “title of inc_a” (revised later) of"
                + " 2: a reason",
            "Related to another incident; the likely first cause is now “title of inc_b” of 2: a"
                + " reason",
            "Related to another incident; the likely first cause is “title of inc_b” of 2: a"
                + " reason");
  }

  private static IncidentEvent.Related related(String first, int second) {
    return new IncidentEvent.Related(
        "inc_1",
        NOON.plusSeconds(second),
        1,
        List.of(),
        1,
        new FirstCause(first, null, "title of " + first, 0.4, 2, List.of("a reason")));
  }
}
