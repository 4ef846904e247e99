// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import static dev.tocsin.workflow.Samples.CONTEXT;
import static dev.tocsin.workflow.Samples.DOWN;
import static dev.tocsin.workflow.Samples.SLOW;
import static dev.tocsin.workflow.Samples.acknowledged;
import static dev.tocsin.workflow.Samples.joined;
import static dev.tocsin.workflow.Samples.note;
import static dev.tocsin.workflow.Samples.opened;
import static dev.tocsin.workflow.Samples.reopened;
import static dev.tocsin.workflow.Samples.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.IncidentStatus;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The default playbook where there is Slack, and what is said there. */
class DeciderPostTest {

  private static final int PAGE = 0;
  private static final int POST = 2;

  private final Story story = new Story().announcing("slack");

  @BeforeEach
  void openIt() {
    story.happens(opened(SLOW));
    assertThat(story.kinds()).containsExactly("page", "ticket", "post");
  }

  @Test
  void post_saysHowItStandsAndWhereToLook() {
    Notification post = story.notifications().get(POST);
    assertThat(post.endpoint()).isEqualTo("slack/default");
    Content.Card card = ((Content.Post) post.content()).card();
    assertThat(card.status()).isEqualTo(IncidentStatus.OPEN);
    assertThat(card.standing()).contains("nobody has it");
    assertThat(card.links()).extracting(Content.Link::text).contains("Incident in Tocsin");
  }

  @Test
  void whoHasIt_isSaidOnThePost_evenWhenAcknowledgedThere() {
    story.happens(acknowledged("slack"));

    Notification edit = told().getLast();
    assertThat(edit.needs()).isEqualTo(story.notifications().get(POST).id());
    Content.Card card = ((Content.PostEdit) edit.content()).card();
    assertThat(card.status()).isEqualTo(IncidentStatus.ACKNOWLEDGED);
    assertThat(card.standing()).contains("has it");
  }

  @Test
  void end_isSaidOnThePost_once_andAReopenedIncidentIsPostedAnew() {
    story.happens(resolved(1));
    Content.PostEdit edit = (Content.PostEdit) told().getLast().content();
    assertThat(edit.card().status()).isEqualTo(IncidentStatus.RESOLVED);
    assertThat(edit.card().standing()).startsWith("Over after");

    story.happens(reopened(2));
    assertThat(told().getLast().content())
        .isInstanceOfSatisfying(
            Content.Post.class,
            post -> {
              assertThat(post.mark()).isEqualTo("inc_checkout-2");
              assertThat(post.card().headline()).endsWith("(reopened)");
            });
  }

  @Test
  void whatHappensOnTheWay_isSaidInTheThread() {
    story.answers(CONTEXT);
    story.happens(note("console"));
    story.happens(joined(DOWN));
    story.after(Duration.ofMinutes(10)).ring();

    assertThat(replies()).extracting(Content.PostReply::loud).containsExactly(false, false, false);
    assertThat(replies().toString()).contains("Release 4.2 holds database connections too long");
    assertThat(replies().getLast().text().getFirst().heading()).isEqualTo("Since then");
  }

  @Test
  void pageThatDies_isSaidLoudly() {
    story.settles(PAGE, Delivery.Status.DEAD, "invalid routing key");

    assertThat(replies())
        .singleElement()
        .satisfies(
            reply -> {
              assertThat(reply.loud()).isTrue();
              assertThat(reply.text().toString())
                  .contains("pagerduty/default", "invalid routing key");
            });
  }

  private List<Notification> told() {
    return story.notifications().stream()
        .filter(n -> n.endpoint().equals("slack/default"))
        .toList();
  }

  private List<Content.PostReply> replies() {
    return told().stream()
        .map(Notification::content)
        .filter(Content.PostReply.class::isInstance)
        .map(Content.PostReply.class::cast)
        .toList();
  }
}
