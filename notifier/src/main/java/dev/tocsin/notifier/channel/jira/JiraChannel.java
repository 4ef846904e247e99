// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.jira;

import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.channel.call.CallLimits;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.notifier.channel.call.Status;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.notification.Content;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Opens tickets in Jira Cloud, comments on them and moves them to done. Jira has no idempotency
 * key, so every issue and comment carries a mark, and what is unknown is looked for before it is
 * made again.
 */
public final class JiraChannel implements Channel {

  /** For one call; an attempt makes five at most, three of them reads with a limit of 5 s. */
  public static final CallLimits LIMITS =
      new CallLimits(Duration.ofSeconds(3), Duration.ofSeconds(10), 1 << 20);

  private static final int CONCURRENCY = 4;
  private static final Duration LEASE = Duration.ofSeconds(60);

  /** Two days: Jira's outages and people's token changes are not an incident's end. */
  private static final List<Duration> SCHEDULE =
      Stream.concat(
              Stream.of(2, 5, 15, 30, 60, 120, 300, 300, 300, 600).map(Duration::ofSeconds),
              Stream.generate(() -> Duration.ofMinutes(15)).limit(192))
          .toList();

  /** How a lane treats Jira. */
  public static final LaneProfile PROFILE =
      new LaneProfile(CONCURRENCY, 0, LEASE, SCHEDULE, LaneProfile.AfterUnknown.PROBE);

  private final JiraSettings settings;
  private final InstantSource clock;
  private final JiraSite site;
  private final TicketSearch search;
  private final TicketWork work;

  public JiraChannel(JiraSettings settings, HttpCalls calls, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.site = new JiraSite(settings, calls);
    this.search = new TicketSearch(site);
    this.work = new TicketWork(site, clock);
  }

  @Override
  public String name() {
    return "jira";
  }

  @Override
  public LaneProfile profile() {
    return PROFILE;
  }

  @Override
  public Outcome send(Attempt attempt) {
    if (!settings.isConfigured()) {
      return isOff();
    }
    return switch (attempt.notification().content()) {
      case Content.Ticket ticket -> create(attempt, ticket);
      case Content.TicketComment comment ->
          onTicket(
              attempt,
              comment.mark(),
              key -> work.comment(attempt, key, comment.commentMark(), comment.text()));
      case Content.TicketResolve resolve ->
          onTicket(attempt, resolve.mark(), key -> work.resolve(attempt, key, resolve));
      default -> notForUs(attempt);
    };
  }

  @Override
  public Outcome probe(Attempt attempt) {
    if (!settings.isConfigured()) {
      return isOff();
    }
    return switch (attempt.notification().content()) {
      case Content.Ticket ticket -> search.probe(attempt, ticket.mark(), clock.instant());
      case Content.TicketComment comment ->
          onTicket(attempt, comment.mark(), key -> work.probeComment(key, comment.commentMark()));
      case Content.TicketResolve resolve -> onTicket(attempt, resolve.mark(), work::probeDone);
      default -> notForUs(attempt);
    };
  }

  private Outcome create(Attempt attempt, Content.Ticket ticket) {
    Instant now = clock.instant();
    if (attempt.n() > 1) {
      // A probe has said absent, or nothing was sent. One more look costs little.
      switch (search.byLabel(ticket.mark(), now)) {
        case TicketSearch.Found.Ticket found -> {
          return new Outcome.Delivered(found.key());
        }
        case TicketSearch.Found.NotAsked notAsked -> {
          return notAsked.outcome();
        }
        case TicketSearch.Found.Nothing _ -> {}
      }
    }
    Reply reply =
        site.createIssue(IssueRequest.create(ticket, settings.project(), settings.issueType()));
    if (reply instanceof Reply.Answered answered && answered.status() == Status.TAKEN) {
      String key = answered.json().path("key").asString("");
      if (!key.isEmpty()) {
        // The ticket is there, with or without its link back.
        IssueRequest.remoteLink(ticket).ifPresent(link -> site.remoteLink(key, link));
        return new Outcome.Delivered(key);
      }
    }
    return JiraOutcome.ofOnceOnly(reply, now);
  }

  private Outcome onTicket(Attempt attempt, String mark, Function<String, Outcome> work) {
    String known = attempt.needed();
    if (known != null) {
      return work.apply(known);
    }
    return switch (search.byLabel(mark, clock.instant())) {
      case TicketSearch.Found.Ticket ticket -> work.apply(ticket.key());
      case TicketSearch.Found.NotAsked notAsked -> notAsked.outcome();
      case TicketSearch.Found.Nothing _ ->
          new Outcome.GiveUp(
              Reason.NEED_FAILED, "no ticket is labelled " + IssueRequest.label(mark));
    };
  }

  private static Outcome isOff() {
    return new Outcome.GiveUp(Reason.NO_ENDPOINT, "Jira is off: tocsin.jira.url is not set");
  }

  private static Outcome notForUs(Attempt attempt) {
    return new Outcome.GiveUp(
        Reason.BAD_REQUEST, "Jira takes tickets, not a " + attempt.notification().content().kind());
  }
}
