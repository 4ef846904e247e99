// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import static dev.tocsin.workflow.Samples.CONTEXT;
import static dev.tocsin.workflow.Samples.SLOW;
import static dev.tocsin.workflow.Samples.acknowledged;
import static dev.tocsin.workflow.Samples.opened;
import static dev.tocsin.workflow.Samples.reopened;
import static dev.tocsin.workflow.Samples.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.run.Run.Progress;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The default playbook, and what becomes of its page and its ticket outside. */
class DeciderEffectsTest {

  private static final int PAGE = 0;
  private static final int TICKET = 1;

  private final Story story = new Story();

  @BeforeEach
  void openIt() {
    story.happens(opened(SLOW));
    assertThat(story.kinds()).containsExactly("page", "ticket");
  }

  @ParameterizedTest
  @CsvSource({"PENDING, STARTED", "DELIVERED, DONE", "DEAD, FAILED", "CANCELLED, SKIPPED"})
  void delivery_isWhatBecameOfItsStep(Delivery.Status status, Progress progress) {
    story.settles(PAGE, status, "said by the notifier");

    assertThat(story.progress().get(1)).isEqualTo(progress);
    if (status != Delivery.Status.PENDING) {
      assertThat(story.runs().getLast().steps().get(1).detail()).isEqualTo("said by the notifier");
    }
  }

  @ParameterizedTest
  @CsvSource({
    // became of it, receipt, said of the step
    "DELIVERED, OPS-7, OPS-7",
    "DELIVERED, , taken",
    "DEAD, OPS-7, taken",
    "CANCELLED, OPS-7, taken"
  })
  void receipt_isWhatIsSaidOfAStepThatIsDone(Delivery.Status status, String receipt, String said) {
    story.settles(TICKET, status, receipt, "taken");

    assertThat(story.details().get(2)).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    // page, ticket, run
    "DELIVERED, DELIVERED, FINISHED",
    "DELIVERED, CANCELLED, FINISHED",
    "CANCELLED, CANCELLED, FINISHED",
    "DELIVERED, DEAD, FAILED",
    "DEAD, DELIVERED, FAILED",
    "DELIVERED, PENDING, RUNNING"
  })
  void run_endsAsItsStepsDo(Delivery.Status page, Delivery.Status ticket, Run.Status run) {
    story.answers(CONTEXT);
    story.settles(PAGE, page, "");
    story.settles(TICKET, ticket, "");

    assertThat(story.runs().getLast().status()).isEqualTo(run);
  }

  @Test
  void pageThatDies_isSaidOnce_howeverOftenItIsHeard() {
    story.settles(PAGE, Delivery.Status.DEAD, "invalid routing key");
    story.settles(PAGE, Delivery.Status.DEAD, "invalid routing key");

    assertThat(story.kinds()).containsExactly("page", "ticket", "ticket-comment");
    assertThat(story.notifications().getLast().content().toString())
        .contains("pagerduty/default", "invalid routing key");
  }

  @Test
  void ticketThatDies_wakesNobody() {
    story.settles(TICKET, Delivery.Status.DEAD, "401");

    assertThat(story.kinds()).containsExactly("page", "ticket");
    assertThat(story.progress().get(2)).isEqualTo(Progress.FAILED);
  }

  @Test
  void pageThatWasReplayedByAPerson_isDoneAfterAll_andStillClosed() {
    story.settles(PAGE, Delivery.Status.DEAD, "invalid routing key");
    story.settles(PAGE, Delivery.Status.DELIVERED, "");
    assertThat(story.progress().get(1)).isEqualTo(Progress.DONE);

    story.happens(resolved(1));

    assertThat(story.kinds()).endsWith("page-resolve", "ticket-resolve");
  }

  @Test
  void pageThatIsDead_isClosedAllTheSame_sinceAPersonMayReplayIt() {
    story.settles(PAGE, Delivery.Status.DEAD, "503 for an hour");

    story.happens(resolved(1));

    assertThat(story.kinds()).contains("page-resolve");
    assertThat(story.notifications().getLast().needs())
        .isEqualTo(story.notifications().get(TICKET).id());
  }

  @Test
  void whatIsNotConfigured_hearsNothing() {
    story.settles(PAGE, Delivery.Status.CANCELLED, "pagerduty/default is not configured");
    story.happens(acknowledged("console"));
    story.answers(CONTEXT);
    story.happens(resolved(1));

    assertThat(story.kinds())
        .containsExactly("page", "ticket", "ticket-comment", "ticket-comment", "ticket-resolve");
  }

  @Test
  void deliveryOfAnEpochThatIsOver_movesNoStepOfTheNext() {
    story.happens(resolved(1));
    story.happens(reopened(2));
    int moves = story.runs().size();

    story.settles(PAGE, Delivery.Status.DEAD, "late word");

    assertThat(story.runs()).hasSize(moves);
    assertThat(story.kinds()).endsWith("page", "ticket-comment");
  }

  @Test
  void answerOfAnEpochThatIsOver_isNotTheNextOnes() {
    story.happens(resolved(1));
    story.happens(reopened(2));
    story.answersFirst(CONTEXT);

    assertThat(story.kinds()).endsWith("page", "ticket-comment");
    assertThat(story.progress().getFirst()).isEqualTo(Progress.STARTED);
  }

  @Test
  void acknowledgedWhileAPageWaits_pagesAndAcknowledgesIt() {
    Story waiting = new Story().modelAtWork();
    waiting.happens(opened(SLOW));
    waiting.happens(acknowledged("console"));

    assertThat(waiting.kinds())
        .containsExactly("page", "ticket", "page-acknowledge", "ticket-comment");
    assertThat(waiting.notifications().get(2).needs())
        .isEqualTo(waiting.notifications().getFirst().id());
    assertThat(waiting.details().getFirst())
        .isEqualTo("went on when the incident was acknowledged");
  }

  @Test
  void acknowledgedWhileNothingWaits_movesNoStep() {
    int moves = story.runs().size();
    story.happens(acknowledged("console"));

    assertThat(story.runs()).hasSize(moves);
  }

  @Test
  void failureOfAnAttemptThatWasGivenUp_isNotBelieved() {
    story.after(Duration.ofSeconds(90)).ring();
    assertThat(story.steps()).hasSize(2);

    story.failsFirst("the first worker was stopped");
    assertThat(story.progress().getFirst()).isEqualTo(Progress.STARTED);

    story.fails("the model answers 500");
    assertThat(story.progress().getFirst()).isEqualTo(Progress.FAILED);
  }

  @Test
  void noteOfThePager_hasALaneOfItsOwn_andWaitsForNothing() {
    story.answers(CONTEXT);

    var note = story.notifications().get(2);
    assertThat(note.content()).isInstanceOf(Content.PageNote.class);
    assertThat(note.endpoint()).isEqualTo("pagerduty/default/notes");
    assertThat(note.needs()).isNull();
  }
}
