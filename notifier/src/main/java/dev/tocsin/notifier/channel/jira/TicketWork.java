// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.jira;

import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.notifier.channel.call.Status;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.notification.Content;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What is done to a ticket that exists: comments, and the move to done. */
final class TicketWork {

  /** Done, but not what we mean: it was worked on. */
  private static final Pattern WITHOUT_WORK =
      Pattern.compile("won.?t|cancel|duplicate|reject|declin|invalid|obsolete");

  private final JiraSite site;
  private final InstantSource clock;

  TicketWork(JiraSite site, InstantSource clock) {
    this.site = site;
    this.clock = clock;
  }

  /** Adds the comment; a later attempt looks first whether an earlier one did. */
  Outcome comment(Attempt attempt, String key, String mark, List<Content.Paragraph> text) {
    if (attempt.n() > 1) {
      Outcome probed = probeComment(key, mark);
      if (!(probed instanceof Outcome.Absent)) {
        return probed;
      }
    }
    Reply reply = site.comment(key, IssueRequest.comment(mark, text));
    if (reply instanceof Reply.Answered answered && answered.status() == Status.TAKEN) {
      return new Outcome.Delivered(answered.json().path("id").asString(mark));
    }
    return JiraOutcome.ofOnceOnly(reply, clock.instant());
  }

  /** Comments are read as they are written, so not there is absent. */
  Outcome probeComment(String key, String mark) {
    Reply reply = site.comments(key);
    if (!(reply instanceof Reply.Answered answered) || answered.status() != Status.TAKEN) {
      return JiraOutcome.ofRepeatable(reply, clock.instant());
    }
    return answered
        .json()
        .path("comments")
        .valueStream()
        .filter(comment -> isMarked(comment, mark))
        .findFirst()
        .<Outcome>map(comment -> new Outcome.Delivered(comment.path("id").asString(mark)))
        .orElseGet(Outcome.Absent::new);
  }

  /**
   * Moves the ticket to done and says why. The comment comes second and its failure is let pass: a
   * ticket that is done without a word is better than one that is told twice.
   */
  Outcome resolve(Attempt attempt, String key, Content.TicketResolve resolve) {
    Outcome moved = moveToDone(key);
    if (moved instanceof Outcome.Delivered && !resolve.text().isBlank()) {
      Outcome _ =
          comment(
              attempt,
              key,
              attempt.notification().id(),
              List.of(new Content.Paragraph("", List.of(resolve.text()))));
    }
    return moved;
  }

  /** Whether it is done; moving is repeated without harm, so not done is absent. */
  Outcome probeDone(String key) {
    Reply reply = site.issue(key);
    if (reply instanceof Reply.Answered answered && answered.status() == Status.TAKEN) {
      return isDone(answered.json().path("fields").path("status"))
          ? new Outcome.Delivered(key)
          : new Outcome.Absent();
    }
    return JiraOutcome.ofRepeatable(reply, clock.instant());
  }

  private Outcome moveToDone(String key) {
    Outcome probed = probeDone(key);
    if (!(probed instanceof Outcome.Absent)) {
      return probed;
    }
    Instant now = clock.instant();
    Reply reply = site.transitions(key);
    if (!(reply instanceof Reply.Answered answered) || answered.status() != Status.TAKEN) {
      return JiraOutcome.ofRepeatable(reply, now);
    }
    Optional<String> id = toDone(answered.json().path("transitions"));
    if (id.isEmpty()) {
      return new Outcome.GiveUp(
          Reason.BAD_REQUEST, "the workflow of " + key + " leads from here to no done status");
    }
    Reply moved = site.transition(key, IssueRequest.transition(id.get()));
    return moved instanceof Reply.Answered after && after.status() == Status.TAKEN
        ? new Outcome.Delivered(key)
        : JiraOutcome.ofRepeatable(moved, now);
  }

  private static Optional<String> toDone(JsonNode transitions) {
    List<JsonNode> done = transitions.valueStream().filter(t -> isDone(t.path("to"))).toList();
    return done.stream()
        .filter(t -> !WITHOUT_WORK.matcher(name(t.path("to"))).find())
        .findFirst()
        .or(() -> done.stream().findFirst())
        .map(t -> t.path("id").asString(""));
  }

  private static boolean isDone(JsonNode status) {
    return status.path("statusCategory").path("key").asString("").equals("done");
  }

  private static String name(JsonNode status) {
    return status.path("name").asString("").toLowerCase(Locale.ROOT);
  }

  private static boolean isMarked(JsonNode comment, String mark) {
    return comment
        .path("properties")
        .valueStream()
        .filter(p -> p.path("key").asString("").equals(IssueRequest.PROPERTY))
        .anyMatch(p -> p.path("value").path("mark").asString("").equals(mark));
  }
}
