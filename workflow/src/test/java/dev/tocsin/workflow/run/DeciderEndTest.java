// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import static dev.tocsin.workflow.Samples.CONTEXT;
import static dev.tocsin.workflow.Samples.SLOW;
import static dev.tocsin.workflow.Samples.acknowledged;
import static dev.tocsin.workflow.Samples.note;
import static dev.tocsin.workflow.Samples.opened;
import static dev.tocsin.workflow.Samples.reopened;
import static dev.tocsin.workflow.Samples.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.run.Run.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default playbook at its end: resolved, settled, forgotten, and begun again. */
class DeciderEndTest {

  private final Story story = new Story();

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
  void noteOnWhatIsOver_isForWhoeverReadsTheTicket_andWakesNobody() {
    story.happens(opened(SLOW));
    story.happens(resolved(1));
    story.happens(note("console"));

    assertThat(story.kinds())
        .containsExactly("page", "ticket", "page-resolve", "ticket-resolve", "ticket-comment");
  }

  @Test
  void historyToldAgain_endsNothingThatIsOpen() {
    story.happens(opened(SLOW));
    story.happens(resolved(1));
    story.happens(reopened(2));
    int planned = story.kinds().size();

    story.happens(opened(SLOW));
    story.happens(acknowledged("console"));
    story.happens(resolved(1));
    story.happens(reopened(2));

    assertThat(story.kinds()).hasSize(planned);
    assertThat(story.runs().getLast().status()).isEqualTo(Run.Status.RUNNING);
    story.happens(resolved(2));
    assertThat(story.kinds()).endsWith("page-resolve", "ticket-resolve");
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
  @Tag("bad-input-73")
  void playbookThatIsDeleted_isFollowedToTheEndByTheRunsThatBeganWithIt(@TempDir Path others)
      throws IOException {
    Files.writeString(
        others.resolve("other.yml"),
        "name: other\non: incident.opened\nif: incident.severity == 'INFO'\nsteps: [ticket]\n");
    story.modelAtWork().happens(opened(SLOW));
    story.withPlaybooksOf(others);

    story.answers(CONTEXT);
    story.happens(resolved(1));

    assertThat(story.kinds()).containsExactly("page", "ticket", "page-resolve", "ticket-resolve");
    assertThat(story.runs()).extracting(Run::playbook).containsOnly("default");
  }

  @Test
  @Tag("volume")
  @Tag("bad-input-73")
  void fiveHundredRuns_goOnWithThePlaybookThatIsGone(@TempDir Path others) throws IOException {
    Files.writeString(
        others.resolve("other.yml"), "name: other\non: incident.opened\nsteps: [page]\n");
    List<Story> stories = Stream.generate(Story::new).limit(500).toList();
    for (int i = 0; i < stories.size(); i++) {
      Story one = stories.get(i).modelAtWork();
      one.happens(opened(SLOW));
      // Some wait for their model, some have paged, some are over.
      if (i % 3 > 0) {
        one.answers(CONTEXT);
      }
      if (i % 3 > 1) {
        one.happens(resolved(1));
      }
      one.withPlaybooksOf(others);
    }

    for (int i = 0; i < stories.size(); i++) {
      Story one = stories.get(i);
      if (i % 3 == 0) {
        one.answers(CONTEXT);
      }
      one.happens(resolved(1));
      assertThat(one.kinds()).containsExactly("page", "ticket", "page-resolve", "ticket-resolve");
      assertThat(one.runs()).extracting(Run::playbook).containsOnly("default");
    }
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
}
