// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import static dev.tocsin.workflow.Samples.CONTEXT;
import static dev.tocsin.workflow.Samples.DOWN;
import static dev.tocsin.workflow.Samples.EVIDENCE_ONLY;
import static dev.tocsin.workflow.Samples.INCIDENT;
import static dev.tocsin.workflow.Samples.OFF_BAND;
import static dev.tocsin.workflow.Samples.SLOW;
import static dev.tocsin.workflow.Samples.T0;
import static dev.tocsin.workflow.Samples.acknowledged;
import static dev.tocsin.workflow.Samples.alert;
import static dev.tocsin.workflow.Samples.joined;
import static dev.tocsin.workflow.Samples.note;
import static dev.tocsin.workflow.Samples.opened;
import static dev.tocsin.workflow.Samples.openedUnder;
import static dev.tocsin.workflow.Samples.raised;
import static dev.tocsin.workflow.Samples.reopened;
import static dev.tocsin.workflow.Samples.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.run.Run.Progress;
import dev.tocsin.schemas.step.Step;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The default playbook, decided on: what happens, what follows. */
class DeciderTest {

  private final Story story = new Story();

  @Test
  void opened_withoutAModelPagesAndOpensATicketAtOnce() {
    story.happens(opened(SLOW));

    assertThat(story.kinds()).containsExactly("page", "ticket");
    assertThat(story.steps())
        .extracting(Step::kind, Step::attempt)
        .containsExactly(tuple("investigate", 1));
    Notification page = story.notifications().getFirst();
    assertThat(page.endpoint()).isEqualTo("pagerduty/default");
    assertThat(page.order()).isEqualTo(INCIDENT);
    assertThat(page.receivedAt()).isEqualTo(SLOW.receivedAt());
    assertThat(((Content.Page) page.content()).dedupKey()).isEqualTo("tocsin-inc_checkout-1");
    assertThat(story.progress())
        .containsExactly(Progress.STARTED, Progress.STARTED, Progress.STARTED);
  }

  @Test
  void deciding_againGivesTheSameIds() {
    story.happens(opened(SLOW));
    Story replayed = new Story();
    replayed.happens(opened(SLOW));

    assertThat(replayed.notifications()).isEqualTo(story.notifications());
    assertThat(replayed.steps()).isEqualTo(story.steps());
  }

  @Test
  void opened_withAModelWaitsForContextAndPagesWithIt() {
    story.modelAtWork().happens(opened(SLOW));
    assertThat(story.kinds()).isEmpty();

    story.after(Duration.ofSeconds(3)).answers(CONTEXT);

    assertThat(story.kinds()).containsExactly("page", "ticket");
    assertThat(((Content.Page) story.notifications().getFirst().content()).details())
        .containsEntry(
            "Probable cause",
            "Release 4.2 holds database connections too long (72 % sure, says gpt-x)");
    assertThat(story.last().contextLate()).isFalse();
  }

  @Test
  void context_thatMissesItsDeadlineFollowsAsANote() {
    story.modelAtWork().happens(opened(SLOW));
    story.after(Duration.ofSeconds(10)).ring();
    assertThat(story.kinds()).containsExactly("page", "ticket");
    assertThat(((Content.Page) story.notifications().getFirst().content()).details())
        .containsKey("Still to come");

    story.after(Duration.ofSeconds(30)).answers(CONTEXT);

    assertThat(story.kinds()).containsExactly("page", "ticket", "page-note", "ticket-comment");
    assertThat(story.notifications().getLast().needs())
        .isEqualTo(story.notifications().get(1).id());
    assertThat(story.last().contextLate()).isTrue();
  }

  @Test
  void model_thatIsSlowAnswersASecondTime() {
    story.modelAtWork().happens(opened(SLOW));
    assertThat(story.steps().getFirst().answerBy()).isEqualTo(T0.plusSeconds(10));
    story.after(Duration.ofMillis(9_500)).answers(EVIDENCE_ONLY);
    assertThat(story.kinds()).containsExactly("page", "ticket");

    story.after(Duration.ofSeconds(40)).answers(CONTEXT);
    story.answers(CONTEXT);
    story.answers(EVIDENCE_ONLY);

    assertThat(story.kinds()).containsExactly("page", "ticket", "page-note", "ticket-comment");
  }

  @Test
  void investigation_thatFailsIsNotWaitedFor() {
    story.modelAtWork().happens(opened(SLOW));

    story.after(Duration.ofSeconds(1)).fails("the model answers 500");

    assertThat(story.kinds()).containsExactly("page", "ticket");
    assertThat(story.progress())
        .containsExactly(Progress.FAILED, Progress.STARTED, Progress.STARTED);
  }

  @Test
  void investigation_nobodyAnswersIsHandedOutOnceMore() {
    story.happens(opened(SLOW));
    story.after(Duration.ofSeconds(90)).ring();
    assertThat(story.steps()).extracting(Step::attempt).containsExactly(1, 2);
    assertThat(story.steps())
        .extracting(Step::id)
        .hasSize(2)
        .containsOnly(story.steps().getFirst().id());

    story.after(Duration.ofSeconds(180)).ring();

    assertThat(story.steps()).hasSize(2);
    assertThat(story.progress().getFirst()).isEqualTo(Progress.FAILED);
  }

  @Test
  void context_comesEvenAfterItWasGivenUp_once() {
    story.happens(opened(SLOW));
    story.after(Duration.ofSeconds(90)).ring();
    story.after(Duration.ofSeconds(180)).ring();

    story.answers(CONTEXT);
    story.answers(CONTEXT);

    assertThat(story.kinds()).containsExactly("page", "ticket", "page-note", "ticket-comment");
    assertThat(story.progress().getFirst()).isEqualTo(Progress.DONE);
  }

  @Test
  void resolved_whileAPageWaitsStillPages() {
    story.modelAtWork().happens(opened(SLOW));

    story.happens(resolved(1));

    assertThat(story.kinds()).containsExactly("page", "ticket", "page-resolve", "ticket-resolve");
  }

  @Test
  void resolved_resolvesWhatWasOpenedOnce() {
    story.happens(opened(SLOW));
    story.happens(resolved(1));
    story.happens(resolved(1));

    assertThat(story.kinds()).containsExactly("page", "ticket", "page-resolve", "ticket-resolve");
    assertThat(story.notifications().get(2).needs())
        .isEqualTo(story.notifications().getFirst().id());
  }

  @Test
  void partOfAStorm_tellsNobody() {
    story.happens(openedUnder("inc_storm"));
    story.happens(resolved(1));

    assertThat(story.kinds()).isEmpty();
    assertThat(story.runs()).isEmpty();
  }

  @Test
  void info_getsATicketOnly() {
    story.happens(opened(alert("r9-0", "CertRenewed", AlertKind.CONDITION, Severity.INFO, T0)));

    assertThat(story.kinds()).containsExactly("ticket");
    assertThat(story.progress())
        .containsExactly(Progress.STARTED, Progress.SKIPPED, Progress.STARTED);
  }

  @Test
  void anomaly_pagesWhenAnAlertJoinsIt() {
    story.happens(opened(OFF_BAND));
    assertThat(story.kinds()).containsExactly("ticket");

    story.happens(joined(DOWN));

    assertThat(story.kinds()).containsExactly("ticket", "page");
    assertThat(story.notifications().getLast().receivedAt()).isEqualTo(DOWN.receivedAt());
  }

  @Test
  void storm_pagesForThoseUnderIt() {
    IncidentEvent.Opened e = opened(OFF_BAND);
    story.happens(
        new IncidentEvent.Opened(
            e.incidentId(),
            e.at(),
            e.epoch(),
            e.group(),
            Map.of("storm", "1"),
            e.title(),
            e.severity(),
            e.alert(),
            null));

    assertThat(story.kinds()).containsExactly("page", "ticket");
  }

  @Test
  void severityRaised_pagesWhereItWasNotWorthIt() {
    story.happens(opened(alert("r9-0", "CertOld", AlertKind.CONDITION, Severity.INFO, T0)));

    story.happens(raised(Severity.INFO, Severity.WARNING));

    assertThat(story.kinds()).containsExactly("ticket", "ticket-comment", "page");
  }

  @Test
  void severityRaised_isANoteWhereItPagedAlready() {
    story.happens(opened(SLOW));
    story.happens(raised(Severity.ERROR, Severity.CRITICAL));

    assertThat(story.kinds()).containsExactly("page", "ticket", "page-note", "ticket-comment");
    assertThat(story.incident().severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void acknowledged_inTheConsoleReachesPagerAndTicket() {
    story.happens(opened(SLOW));
    story.happens(acknowledged("console"));

    assertThat(story.kinds())
        .containsExactly("page", "ticket", "page-acknowledge", "ticket-comment");
  }

  @Test
  void acknowledged_atThePagerIsNotEchoed() {
    story.happens(opened(SLOW));
    story.happens(acknowledged("pagerduty"));

    assertThat(story.kinds()).containsExactly("page", "ticket", "ticket-comment");
  }

  @Test
  void note_goesWhereItDidNotComeFrom() {
    story.happens(opened(SLOW));
    story.happens(note("jira"));

    assertThat(story.kinds()).containsExactly("page", "ticket", "page-note");
  }

  @Test
  void joinedAlerts_makeOneCommentAMinute() {
    story.happens(opened(SLOW));
    for (int i = 0; i < 30; i++) {
      story.happens(joined(alert("r5-" + i, "Pod" + i, AlertKind.CONDITION, Severity.ERROR, T0)));
    }
    assertThat(story.kinds()).containsExactly("page", "ticket");

    story.after(Duration.ofSeconds(80)).ring();

    assertThat(story.kinds()).containsExactly("page", "ticket", "ticket-comment");
    var comment = (Content.TicketComment) story.notifications().getLast().content();
    assertThat(comment.text().getFirst().lines())
        .hasSize(21)
        .contains("Joined: Pod0", "and 10 more");
  }

  @Test
  void reopened_pagesAnewAndGoesOnInItsTicket() {
    story.happens(opened(SLOW));
    story.happens(resolved(1));
    story.happens(reopened(2));
    story.happens(resolved(2));

    assertThat(story.kinds())
        .containsExactly(
            "page",
            "ticket",
            "page-resolve",
            "ticket-resolve",
            "page",
            "ticket-comment",
            "page-resolve",
            "ticket-resolve");
    assertThat(((Content.Page) story.notifications().get(4).content()).dedupKey())
        .isEqualTo("tocsin-inc_checkout-2");
    assertThat(story.notifications()).extracting(Notification::id).doesNotHaveDuplicates();
    assertThat(story.runs()).extracting(Run::epoch).contains(1, 2);
  }

  @Test
  void reopened_getsATicketWhenItNeverHadOne() {
    story.happens(opened(SLOW));
    story.settles(1, Delivery.Status.DEAD, "401");
    story.happens(resolved(1));
    story.happens(reopened(2));

    assertThat(story.kinds()).endsWith("page", "ticket");
  }

  @Test
  void reopened_ofAnUnknownIncidentPages() {
    story.happens(reopened(3));

    assertThat(story.kinds()).containsExactly("page", "ticket");
  }

  @Test
  void resolved_ofAnUnknownIncidentIsNothing() {
    story.happens(resolved(1));

    assertThat(story.kinds()).isEmpty();
    assertThat(story.last().after()).isNull();
  }

  @Test
  void run_endsWhenItsDeliveriesDo() {
    story.happens(opened(SLOW));
    story.answers(CONTEXT);
    story.settles(0, Delivery.Status.DELIVERED, "");
    assertThat(story.runs().getLast().status()).isEqualTo(Run.Status.RUNNING);

    story.settles(1, Delivery.Status.DELIVERED, "");

    assertThat(story.runs().getLast().status()).isEqualTo(Run.Status.FINISHED);
  }

  @Test
  void page_thatDiesIsSaidOnTheTicket() {
    story.happens(opened(SLOW));
    story.settles(0, Delivery.Status.DEAD, "PagerDuty answers 400: invalid routing key");

    assertThat(story.kinds()).containsExactly("page", "ticket", "ticket-comment");
    assertThat(story.progress().get(1)).isEqualTo(Progress.FAILED);
  }

  @Test
  void endpoint_thatIsNotConfiguredHearsNoMore() {
    story.happens(opened(SLOW));
    story.settles(1, Delivery.Status.CANCELLED, "jira/default is not configured");
    story.happens(acknowledged("console"));
    story.happens(resolved(1));

    assertThat(story.kinds()).containsExactly("page", "ticket", "page-acknowledge", "page-resolve");
    assertThat(story.progress().get(2)).isEqualTo(Progress.SKIPPED);
  }

  @Test
  void finishedIncident_isForgottenAfterAnHour() {
    story.happens(opened(SLOW));
    story.answers(CONTEXT);
    story.settles(0, Delivery.Status.DELIVERED, "");
    story.settles(1, Delivery.Status.DELIVERED, "");
    story.happens(resolved(1));

    story.after(Duration.ofMinutes(59)).ring();
    assertThat(story.last().after()).isNotNull();
    story.after(Duration.ofMinutes(66)).ring();
    assertThat(story.last().after()).isNull();
  }

  @Test
  void reopenedIncident_isNotForgotten() {
    story.happens(opened(SLOW));
    story.happens(resolved(1));
    story.happens(reopened(2));

    story.after(Duration.ofHours(2)).ring();

    assertThat(story.last().after()).isNotNull();
  }

  @Test
  void unfinishedRun_isForgottenAfterADay() {
    story.happens(opened(SLOW));
    story.happens(resolved(1));

    story.after(Duration.ofHours(2)).ring();
    assertThat(story.last().after()).isNotNull();
    for (int hours = 3; hours < 27; hours++) {
      story.after(Duration.ofHours(hours)).ring();
    }

    assertThat(story.last().after()).isNull();
    assertThat(story.runs().getLast().status()).isEqualTo(Run.Status.FAILED);
  }

  @Test
  void hugeAlerts_stillFitARecord() {
    story.happens(opened(SLOW));
    for (int i = 0; i < 110; i++) {
      story.happens(joined(Story.huge(i)));
    }

    assertThat(story.stateBytes()).isLessThan(900_000);
  }
}
