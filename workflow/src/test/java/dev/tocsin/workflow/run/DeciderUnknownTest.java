// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import static dev.tocsin.workflow.Samples.CONTEXT;
import static dev.tocsin.workflow.Samples.DOWN;
import static dev.tocsin.workflow.Samples.INCIDENT;
import static dev.tocsin.workflow.Samples.SLOW;
import static dev.tocsin.workflow.Samples.T0;
import static dev.tocsin.workflow.Samples.acknowledged;
import static dev.tocsin.workflow.Samples.joined;
import static dev.tocsin.workflow.Samples.note;
import static dev.tocsin.workflow.Samples.opened;
import static dev.tocsin.workflow.Samples.openedUnder;
import static dev.tocsin.workflow.Samples.raised;
import static dev.tocsin.workflow.Samples.reopened;
import static dev.tocsin.workflow.Samples.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.FirstCause;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes out of order, twice, too late, or about something that nothing is known of. */
class DeciderUnknownTest {

  private static final IncidentEvent RELATED =
      new IncidentEvent.Related(
          INCIDENT,
          T0.plusSeconds(60),
          1,
          List.of(),
          0,
          new FirstCause("inc_other", null, "Other", 0.7, 2, List.of()));

  private final Story story = new Story();

  static Stream<Arguments> unknown() {
    return Stream.of(
        // What says that something fires begins the incident: the way to a page fails open.
        Arguments.of(opened(SLOW), true),
        Arguments.of(joined(DOWN), true),
        Arguments.of(reopened(3), true),
        Arguments.of(acknowledged("console"), false),
        Arguments.of(note("console"), false),
        Arguments.of(raised(Severity.ERROR, Severity.CRITICAL), false),
        Arguments.of(resolved(1), false),
        Arguments.of(
            new IncidentEvent.AlertCleared(INCIDENT, T0, 1, SLOW.identity(), "r9-0", ""), false),
        Arguments.of(new IncidentEvent.FlappingStarted(INCIDENT, T0, 1, SLOW.identity(), 5), false),
        Arguments.of(new IncidentEvent.FlappingEnded(INCIDENT, T0, 1, SLOW.identity()), false),
        Arguments.of(
            new IncidentEvent.MovedOut(
                INCIDENT, T0, 1, List.of(), "inc_other", "1/shop", false, "ada", "console"),
            false),
        Arguments.of(
            new IncidentEvent.MovedIn(
                INCIDENT, T0, 1, "inc_other", "Other", List.of(), true, "ada", "console"),
            false),
        Arguments.of(RELATED, false));
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void eventOfAnUnknownIncident_pagesWhenItSaysThatSomethingFires(
      IncidentEvent event, boolean pages) {
    story.happens(event);

    assertThat(story.kinds()).isEqualTo(pages ? List.of("page", "ticket") : List.of());
    assertThat(story.last().after() != null).isEqualTo(pages);
    assertThat(story.last().timers().isEmpty()).isEqualTo(!pages);
  }

  @Test
  void openedTwice_pagesOnce() {
    story.happens(opened(SLOW));
    story.happens(opened(SLOW));

    assertThat(story.kinds()).containsExactly("page", "ticket");
    assertThat(story.steps()).hasSize(1);
  }

  @Test
  void acknowledgedTwice_hasTheSameIdTwice_soThatItIsDeliveredOnce() {
    story.happens(opened(SLOW));
    story.happens(acknowledged("console"));
    story.happens(acknowledged("console"));

    assertThat(story.notifications().stream().map(n -> n.id()).distinct()).hasSize(4);
  }

  @Test
  void partOfAStorm_thatComesBack_pagesForItself() {
    story.happens(openedUnder("inc_storm"));
    story.happens(resolved(1));
    assertThat(story.kinds()).isEmpty();

    story.happens(reopened(2));

    assertThat(story.kinds()).containsExactly("page", "ticket");
    assertThat(((Content.Page) story.notifications().getFirst().content()).dedupKey())
        .isEqualTo("tocsin-inc_checkout-2");
  }

  @Test
  void partOfAStorm_thatGetsWorse_stillLeavesItToTheStorm() {
    story.happens(openedUnder("inc_storm"));
    story.happens(joined(DOWN));
    story.happens(raised(Severity.ERROR, Severity.CRITICAL));

    assertThat(story.kinds()).isEmpty();
  }

  @Test
  void wordAboutAForgottenIncident_isNothing() {
    story.happens(opened(SLOW));
    story.answers(CONTEXT);
    story.happens(resolved(1));
    for (int hours = 1; hours < 27; hours++) {
      story.after(Duration.ofHours(hours)).ring();
    }
    assertThat(story.last().after()).isNull();
    int told = story.notifications().size();

    story.answers(CONTEXT);
    story.settles(0, dev.tocsin.schemas.delivery.Delivery.Status.DEAD, "late");
    story.ring();

    assertThat(story.notifications()).hasSize(told);
    assertThat(story.last().after()).isNull();
  }

  @Test
  void timerOfSomethingThatIsOver_movesNothing() {
    story.modelAtWork().happens(opened(SLOW));
    story.answers(CONTEXT);
    int told = story.notifications().size();
    int moves = story.runs().size();

    // The wait and the lease of the step that was answered.
    story.after(Duration.ofSeconds(100)).ring();

    assertThat(story.notifications()).hasSize(told);
    assertThat(story.runs()).hasSize(moves);
    assertThat(story.steps()).hasSize(1);
  }

  @Test
  void smallNews_areNotToldWhenAllIsOver() {
    story.happens(opened(SLOW));
    story.happens(joined(DOWN));
    story.happens(resolved(1));
    assertThat(story.last().after().gathered()).isNull();
    int told = story.notifications().size();

    story.after(Duration.ofSeconds(90)).ring();

    assertThat(story.notifications()).hasSize(told);
  }

  @Test
  void smallNews_ofTheNextMinuteAreAMessageOfTheirOwn() {
    story.happens(opened(SLOW));
    story.happens(joined(DOWN));
    story.after(Duration.ofSeconds(80)).ring();
    story.happens(joined(DOWN));
    story.after(Duration.ofSeconds(139)).ring();
    assertThat(story.kinds()).containsExactly("page", "ticket", "ticket-comment");

    story.after(Duration.ofSeconds(140)).ring();

    assertThat(story.kinds()).containsExactly("page", "ticket", "ticket-comment", "ticket-comment");
    assertThat(story.notifications().stream().map(n -> n.id()).distinct()).hasSize(4);
  }

  @Test
  void related_changesNothing_sinceItIsForPeopleToLookUp() {
    story.happens(opened(SLOW));
    var before = story.last().after();
    story.happens(RELATED);

    assertThat(story.last()).isEqualTo(Decision.nothing(before));
  }

  @Test
  void movedIn_isSaidAtPagerAndTicket() {
    story.happens(opened(SLOW));
    story.happens(
        new IncidentEvent.MovedIn(
            INCIDENT, T0, 1, "inc_o", "Other", List.of("i"), true, "ada", "console"));

    assertThat(story.kinds()).containsExactly("page", "ticket", "page-note", "ticket-comment");
  }

  @Test
  void moved_isSaidAtPagerAndTicket() {
    story.happens(opened(SLOW));
    story.happens(
        new IncidentEvent.MovedOut(
            INCIDENT, T0, 1, List.of(SLOW.identity()), "inc_o", "1/shop", false, "ada", "console"));

    assertThat(story.kinds()).containsExactly("page", "ticket", "page-note", "ticket-comment");
    assertThat(story.incident().alerts()).isEmpty();
  }

  @Test
  @Tag("bad-input-63")
  void hugeContext_stillFitsARecord() {
    story.happens(opened(SLOW));
    String much = "é".repeat(100_000);
    Evidence evidence = new Evidence("e1", "loki", much, much, much, T0, null);
    story.answers(
        new Context(
            much,
            much,
            0.5,
            Collections.nCopies(1_000, much),
            Collections.nCopies(1_000, evidence),
            Collections.nCopies(1_000, much),
            Collections.nCopies(1_000, much),
            "gpt-x",
            1,
            1,
            T0));

    assertThat(story.stateBytes()).isLessThan(900_000);
    assertThat(story.notifications())
        .allSatisfy(n -> assertThat(n.content().toString().length()).isLessThan(300_000));
    assertThat(story.kinds()).containsExactly("page", "ticket", "page-note", "ticket-comment");
  }
}
