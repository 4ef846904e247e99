// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.jira;

import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.notifier.channel.call.Status;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/**
 * Finds the ticket of a mark.
 *
 * <p>Search is the usual way, but its index lags. So when search finds nothing, the issues around
 * the newest key it knows are read by key, which sees them at once; and only when those do not
 * include ours, and the request in question is old enough to be over, is the ticket called absent.
 */
final class TicketSearch {

  /** How long a request may still be under way in Jira, and its index behind. */
  static final Duration SURE_AFTER = Duration.ofSeconds(120);

  private static final Duration ASK_AGAIN = Duration.ofSeconds(15);

  /** Half of what one bulk read takes: on each side of the newest key that search knows. */
  private static final int REACH = 50;

  private final JiraSite site;

  TicketSearch(JiraSite site) {
    this.site = site;
  }

  /** The key of the ticket as search knows it, or why it could not be asked. */
  Found byLabel(String mark, Instant now) {
    String jql =
        "project = \"%s\" AND labels = \"%s\" ORDER BY created ASC"
            .formatted(site.project(), IssueRequest.label(mark));
    return issues(site.search(jql, 1), now, issue -> true);
  }

  /** Answers a probe. */
  Outcome probe(Attempt attempt, String mark, Instant now) {
    Found found = byLabel(mark, now);
    if (found.isNothing()) {
      found = nearNewest(mark, now);
    }
    return switch (found) {
      case Found.Ticket ticket -> new Outcome.Delivered(ticket.key());
      case Found.NotAsked notAsked -> notAsked.outcome();
      case Found.Nothing _ -> absentOrTooEarly(attempt, mark);
    };
  }

  private Found nearNewest(String mark, Instant now) {
    String jql = "project = \"%s\" ORDER BY created DESC".formatted(site.project());
    Found newest = issues(site.search(jql, 1), now, issue -> true);
    long number =
        switch (newest) {
          case Found.Ticket ticket -> number(ticket.key());
          case Found.Nothing _ -> 0;
          case Found.NotAsked _ -> -1;
        };
    if (number < 0) {
      return newest;
    }
    List<String> keys =
        LongStream.rangeClosed(Math.max(1, number - REACH + 1), number + REACH)
            .mapToObj(n -> site.project() + '-' + n)
            .toList();
    return issues(site.bulkFetch(keys), now, issue -> isOf(mark, issue));
  }

  private static Outcome absentOrTooEarly(Attempt attempt, String mark) {
    Instant since =
        Objects.requireNonNullElse(attempt.unknownSince(), attempt.notification().plannedAt());
    if (!attempt.issuedAt().isBefore(since.plus(SURE_AFTER))) {
      return new Outcome.Absent();
    }
    return new Outcome.TryAgain(
        Reason.NOT_FOUND, "no ticket " + IssueRequest.label(mark) + " (yet)", ASK_AGAIN);
  }

  private static Found issues(Reply reply, Instant now, Predicate<JsonNode> wanted) {
    if (reply instanceof Reply.Answered answered
        && answered.status() == Status.TAKEN
        && answered.json().path("issues").isArray()) {
      Optional<String> key =
          answered
              .json()
              .path("issues")
              .valueStream()
              .filter(wanted)
              .map(issue -> issue.path("key").asString(""))
              .findFirst();
      return key.<Found>map(Found.Ticket::new).orElseGet(Found.Nothing::new);
    }
    return new Found.NotAsked(JiraOutcome.ofRepeatable(reply, now));
  }

  /** By label or by property: people take labels off. */
  private static boolean isOf(String mark, JsonNode issue) {
    String property =
        issue.path("properties").path(IssueRequest.PROPERTY).path("mark").asString("");
    return property.equals(mark)
        || issue
            .path("fields")
            .path("labels")
            .valueStream()
            .anyMatch(label -> label.asString("").equals(IssueRequest.label(mark)));
  }

  private static long number(String key) {
    String digits = key.substring(key.lastIndexOf('-') + 1);
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
  }

  /** What a search came to. */
  sealed interface Found {

    record Ticket(String key) implements Found {}

    record Nothing() implements Found {}

    record NotAsked(Outcome outcome) implements Found {}

    default boolean isNothing() {
      return this instanceof Nothing;
    }
  }
}
