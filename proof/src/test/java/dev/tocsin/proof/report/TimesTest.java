// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.proof.history.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimesTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void way_goesFromTheFirstAcceptance_toTheFirstTriggerThatWasTaken() {
    Times times =
        new Times(
            List.of(
                sent(0, "proof-0", true, 503),
                sent(1, "proof-0", true, 202),
                sent(2, "proof-0", true, 202),
                paged(3, "proof-0", "trigger", false),
                paged(4, "proof-0", "resolve", true),
                paged(5, "proof-0", "trigger", true),
                paged(6, "proof-0", "trigger", true)));

    assertThat(times.ways()).extracting(Times.Way::millis).containsExactly(4_000L);
  }

  @Test
  void pageBeforeItsAnswer_tookNoTime_andWhatWasNotPagedHasNoWay() {
    Times times =
        new Times(
            List.of(
                new Entry.Sent(at(0), at(9), "proof-0", true, 202),
                paged(2, "proof-0", "trigger", true),
                sent(0, "proof-1", true, 202),
                sent(0, "proof-2", false, 202),
                paged(1, "proof-2", "trigger", true)));

    assertThat(times.ways()).extracting(Times.Way::millis).containsExactly(0L);
  }

  @Test
  void way_hasTheFaultsThatCouldHoldItUp_whileItLasted() {
    Times times =
        new Times(
            List.of(
                sent(10, "proof-0", true, 202),
                struck(1, 10, "kill", "ingest"),
                struck(9, 11, "kill", "detection"),
                struck(12, 13, "storm SLOW", "jira"),
                struck(14, 15, "storm SLOW", "pagerduty"),
                struck(20, 21, "kill", "notifier"),
                paged(20, "proof-0", "trigger", true)));

    assertThat(times.ways().getFirst().faults())
        .extracting(Entry.Struck::target)
        .containsExactly("detection", "pagerduty");
  }

  @Test
  void recovery_isFromAKillToTheFirstPageOfWhatWasSentAfterIt() {
    Times times =
        new Times(
            List.of(
                sent(0, "proof-0", true, 202),
                struck(5, 9, "kill", "notifier"),
                paged(7, "proof-0", "trigger", true),
                sent(8, "proof-1", true, 202),
                sent(9, "proof-2", true, 202),
                paged(11, "proof-2", "trigger", true),
                paged(12, "proof-1", "trigger", true)));

    assertThat(times.recoveries()).containsExactly(new Times.Recovery("notifier", at(5), 6_000));
  }

  @Test
  void restart_isFromAKillUntilTheRoleIsReady_withOrWithoutAnotherFaultMeanwhile() {
    Times times =
        new Times(
            List.of(
                struck(0, 3, "kill", "notifier"),
                struck(3, 7, "kill", "ingest"),
                struck(6, 9, "kill", "broker"),
                struck(8, 9, "storm HANGS", "jira"),
                struck(10, 12, "kill", "notifier"),
                struck(11, 12, "freeze", "workflow")));

    assertThat(times.restarts(true)).isEqualTo(Map.of("notifier", List.of(3_000L)));
    assertThat(times.restarts(false))
        .isEqualTo(
            Map.of(
                "broker", List.of(3_000L), "ingest", List.of(4_000L), "notifier", List.of(2_000L)));
  }

  @Test
  void recovery_isNobodys_whereAnotherFaultCameBeforeThePage() {
    Entry.Struck kill = struck(5, 9, "kill", "notifier");
    List<Entry> page =
        List.of(sent(8, "proof-1", true, 202), paged(12, "proof-1", "trigger", true));

    assertThat(recoveries(page, kill, struck(10, 11, "freeze", "detection"))).isEmpty();
    assertThat(recoveries(page, kill, struck(1, 6, "freeze", "detection"))).isEmpty();
    assertThat(recoveries(page, kill, struck(1, 5, "freeze", "detection"))).hasSize(1);
    assertThat(recoveries(page, kill, struck(12, 13, "freeze", "detection"))).hasSize(1);
    assertThat(recoveries(page, kill, struck(10, 11, "storm HANGS", "jira"))).hasSize(1);
    assertThat(recoveries(List.of(), kill)).isEmpty();
  }

  @Test
  void answers_areOfAcceptedMessagesOfATime() {
    Times times =
        new Times(
            List.of(
                new Entry.Sent(at(0), at(1), "proof-0", true, 202),
                new Entry.Sent(at(2), at(5), "proof-0", false, 202),
                new Entry.Sent(at(2), at(9), "proof-0", true, 503),
                new Entry.Sent(at(9), at(9), "proof-0", true, 0)));

    assertThat(times.answers(_ -> true)).containsExactly(1_000L, 3_000L);
    assertThat(times.answers(at(2)::equals)).containsExactly(3_000L);
  }

  @Test
  void drain_isFromKafkasReturn_untilItHasWhatWasAcceptedWithoutIt() {
    assertThat(new Times(List.of()).drainMillis()).isEqualTo(-1);
    Times times =
        new Times(
            List.of(
                struck(10, 20, "outage", "broker"),
                struck(30, 90, "outage", "notifier"),
                logged(9, 50),
                logged(11, 23),
                logged(19, 22),
                logged(21, 60)));

    assertThat(times.drainMillis()).isEqualTo(3_000);
    assertThat(times.isWithoutKafka(at(15))).isTrue();
    assertThat(times.isWithoutKafka(at(20))).isFalse();
    assertThat(times.isWithoutKafka(at(40))).isFalse();
  }

  private static List<Times.Recovery> recoveries(List<Entry> page, Entry.Struck... faults) {
    List<Entry> history = new java.util.ArrayList<>(List.of(faults));
    history.addAll(page);
    return new Times(history).recoveries();
  }

  private static Instant at(long second) {
    return NOON.plusSeconds(second);
  }

  private static Entry sent(long second, String service, boolean firing, int status) {
    return new Entry.Sent(at(second), at(second), service, firing, status);
  }

  private static Entry paged(long second, String service, String action, boolean taken) {
    return new Entry.Paged(
        at(second), at(second), "None", taken, taken ? 202 : 503, action, "k", service);
  }

  private static Entry.Struck struck(long from, long until, String kind, String target) {
    return new Entry.Struck(at(from), at(until), 1, kind, target, true);
  }

  private static Entry logged(long received, long at) {
    return new Entry.Logged(at(at), at(received), "a", "grafana", 0, "proof-0", true);
  }
}
