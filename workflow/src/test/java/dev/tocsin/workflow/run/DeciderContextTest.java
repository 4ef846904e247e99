// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import static dev.tocsin.workflow.Samples.CONTEXT;
import static dev.tocsin.workflow.Samples.EVIDENCE_ONLY;
import static dev.tocsin.workflow.Samples.SLOW;
import static dev.tocsin.workflow.Samples.T0;
import static dev.tocsin.workflow.Samples.opened;
import static dev.tocsin.workflow.Samples.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.run.Run.Progress;
import dev.tocsin.schemas.step.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The default playbook and its investigation: what waits for it, what follows when it is late. */
class DeciderContextTest {

  private final Story story = new Story();

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
  void channelThatIsOff_isNotPlannedFor_andTheRunSaysWhy() {
    story.refusing("jira", "ticket", "Jira is not configured").happens(opened(SLOW));
    assertThat(story.kinds()).containsExactly("page");
    assertThat(story.runs().getLast().steps())
        .filteredOn(step -> step.progress() == Progress.SKIPPED)
        .extracting(step -> step.detail())
        .containsExactly(
            "Jira is not configured", "the notifier has not said yet that it can post");

    story.answers(CONTEXT);
    assertThat(story.kinds()).containsExactly("page", "page-note");
  }

  @Test
  void pagerThatTakesNoNotes_isPromisedNone_andStillClosed() {
    story.refusing("pagerduty", "page-note", "needs a token").happens(opened(SLOW));
    assertThat(((Content.Page) story.notifications().getFirst().content()).details())
        .doesNotContainKey("Still to come");

    story.answers(CONTEXT);
    story.happens(resolved(1));
    assertThat(story.kinds())
        .containsExactly("page", "ticket", "ticket-comment", "page-resolve", "ticket-resolve");
  }

  @Test
  void model_thatIsSlowAnswersASecondTime() {
    story.modelAtWork().happens(opened(SLOW));
    assertThat(story.steps().getFirst().answerBy()).isEqualTo(T0.plusSeconds(10));
    story.after(Duration.ofMillis(9_500)).answers(EVIDENCE_ONLY);
    assertThat(story.kinds()).containsExactly("page", "ticket");
    assertThat(story.details().getFirst()).isEqualTo("evidence, without a model");

    story.after(Duration.ofSeconds(40)).answers(CONTEXT);
    story.answers(CONTEXT);
    story.answers(EVIDENCE_ONLY);

    assertThat(story.kinds()).containsExactly("page", "ticket", "page-note", "ticket-comment");
    assertThat(story.details().getFirst()).isEqualTo("by gpt-x");
  }

  @Test
  void evidence_thatComesTwiceIsSaidOnce() {
    story.happens(opened(SLOW));
    story.answers(EVIDENCE_ONLY);
    story.answers(EVIDENCE_ONLY);

    assertThat(story.kinds()).containsExactly("page", "ticket", "page-note", "ticket-comment");
  }

  @Test
  void investigation_thatFailsIsNotWaitedFor_andPromisedToNobody() {
    story.modelAtWork().happens(opened(SLOW));

    story.after(Duration.ofSeconds(1)).fails("the model answers 500");

    assertThat(story.kinds()).containsExactly("page", "ticket");
    assertThat(story.notifications().toString()).doesNotContain("Still to come");
    assertThat(story.progress())
        .containsExactly(Progress.FAILED, Progress.STARTED, Progress.STARTED, Progress.SKIPPED);
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
}
