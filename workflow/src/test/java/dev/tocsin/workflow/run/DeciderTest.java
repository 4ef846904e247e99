// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import static dev.tocsin.workflow.Samples.DOWN;
import static dev.tocsin.workflow.Samples.INCIDENT;
import static dev.tocsin.workflow.Samples.OFF_BAND;
import static dev.tocsin.workflow.Samples.SLOW;
import static dev.tocsin.workflow.Samples.T0;
import static dev.tocsin.workflow.Samples.acknowledged;
import static dev.tocsin.workflow.Samples.alert;
import static dev.tocsin.workflow.Samples.joined;
import static dev.tocsin.workflow.Samples.note;
import static dev.tocsin.workflow.Samples.offBand;
import static dev.tocsin.workflow.Samples.opened;
import static dev.tocsin.workflow.Samples.openedUnder;
import static dev.tocsin.workflow.Samples.raised;
import static dev.tocsin.workflow.Samples.resolved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.run.Run.Progress;
import dev.tocsin.schemas.step.Step;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
        .containsExactly(Progress.STARTED, Progress.STARTED, Progress.STARTED, Progress.SKIPPED);
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
        .containsExactly(Progress.STARTED, Progress.SKIPPED, Progress.STARTED, Progress.SKIPPED);
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

  static Stream<Arguments> smallNews() {
    return Stream.of(
        Arguments.of(joined(DOWN), "Joined: CheckoutDown"),
        Arguments.of(offBand("p99 is far above its band"), "Anomaly: p99 is far above its band"),
        Arguments.of(
            new IncidentEvent.FlappingStarted(INCIDENT, T0, 1, SLOW.identity(), 5),
            "Flapping, held back until it is quiet: CheckoutSlow"),
        Arguments.of(
            new IncidentEvent.FlappingStarted(INCIDENT, T0, 1, "one of too many", 5),
            "Flapping, held back until it is quiet: one of too many"),
        Arguments.of(
            new IncidentEvent.FlappingEnded(INCIDENT, T0, 1, SLOW.identity()),
            "Quiet again: CheckoutSlow"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("smallNews")
  void smallNews_areACommentAMinuteLater(IncidentEvent event, String line) {
    story.happens(opened(SLOW));
    story.happens(event);
    assertThat(story.kinds()).containsExactly("page", "ticket");

    story.after(Duration.ofSeconds(80)).ring();

    assertThat(story.kinds()).containsExactly("page", "ticket", "ticket-comment");
    var comment = (Content.TicketComment) story.notifications().getLast().content();
    assertThat(comment.text().getFirst().lines()).containsExactly(line);
  }

  @Test
  void alertThatIsOver_whileOthersFire_isKept_andSaidToNobody() {
    story.happens(opened(SLOW));
    story.happens(joined(DOWN));
    story.happens(
        new IncidentEvent.AlertCleared(INCIDENT, T0, 1, DOWN.identity(), "r9-0", "resolved"));

    assertThat(story.incident().firing()).isEqualTo(1);
    assertThat(story.kinds()).containsExactly("page", "ticket");
    assertThat(story.last().timers()).isEmpty();
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
  @Tag("volume")
  @Tag("bad-input-63")
  void hugeAlerts_stillFitARecord() {
    story.happens(opened(SLOW));
    for (int i = 0; i < 110; i++) {
      story.happens(joined(Story.huge(i)));
    }

    assertThat(story.stateBytes()).isLessThan(900_000);
  }
}
