// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.simulation;

import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * PagerDuty, Jira, Slack and subscribers as far as it matters here: what is idempotent, what is
 * not, and what can be seen when. They notice at once when something is done twice.
 */
final class Vendors {

  /** As the real probe does it: see {@code TicketSearch}. */
  private static final Duration SURE_AFTER = Duration.ofSeconds(120);

  private static final int LONGEST_LAG_MILLIS = 120_000;

  /** Before the dedup keys of the second channel. */
  static final String SECOND = "second/";

  /** An incident at PagerDuty under one dedup key. */
  static final class Page {
    int opened;
    boolean open;
    int triggersUnderWay;
    int resolvesUnderWay;
  }

  private record Ticket(Instant visibleAt) {}

  private final Chance chance;
  private final List<String> violations = new ArrayList<>();
  private final Map<String, Page> pages = new TreeMap<>();
  private final Map<String, Ticket> tickets = new HashMap<>();
  private final Set<String> comments = new HashSet<>();
  private final Chat chat = new Chat(violations);
  private Instant awayUntil = Instant.MIN;
  private final Set<String> done = new HashSet<>();
  private final Map<String, List<String>> heard = new TreeMap<>();

  Vendors(Chance chance) {
    this.chance = chance;
  }

  List<String> violations() {
    return violations;
  }

  Map<String, Page> pages() {
    return pages;
  }

  Chat chat() {
    return chat;
  }

  boolean hasTicket(String mark) {
    return tickets.containsKey(mark);
  }

  boolean isDone(String mark) {
    return done.contains(mark);
  }

  /** Event ids by order, each once, in the order in which they first arrived. */
  Map<String, List<String>> heard() {
    return heard;
  }

  void begin(Attempt attempt) {
    switch (attempt.notification().content()) {
      case Content.Page c -> {
        Page page = page(attempt, c.dedupKey());
        page.triggersUnderWay++;
        overlap(c.dedupKey(), page);
      }
      case Content.PageResolve c -> {
        Page page = page(attempt, c.dedupKey());
        page.resolvesUnderWay++;
        overlap(c.dedupKey(), page);
      }
      default -> {
        // Nothing that excludes anything.
      }
    }
  }

  void end(Attempt attempt) {
    switch (attempt.notification().content()) {
      case Content.Page c -> page(attempt, c.dedupKey()).triggersUnderWay--;
      case Content.PageResolve c -> page(attempt, c.dedupKey()).resolvesUnderWay--;
      default -> {
        // As at the beginning.
      }
    }
  }

  private void overlap(String key, Page page) {
    if (page.triggersUnderWay > 0 && page.resolvesUnderWay > 0) {
      violations.add("trigger and resolve of " + key + " overlap");
    }
  }

  /** Of the channel that the attempt goes over: a page on the second is another incident. */
  private Page page(Attempt attempt, String key) {
    return pages.computeIfAbsent(isSecond(attempt) ? SECOND + key : key, k -> new Page());
  }

  private static boolean isSecond(Attempt attempt) {
    return attempt.notification().endpoint().startsWith("pagerduty-second/");
  }

  /** The first channel takes nothing until then. */
  void away(Instant until) {
    awayUntil = until;
  }

  boolean isAway(Attempt attempt, Instant now) {
    return attempt.notification().endpoint().startsWith("pagerduty/") && now.isBefore(awayUntil);
  }

  /** The call makes its change. */
  void change(Attempt attempt, Instant now) {
    Notification n = attempt.notification();
    switch (n.content()) {
      case Content.Page c -> trigger(c.dedupKey(), page(attempt, c.dedupKey()));
      case Content.PageResolve c -> page(attempt, c.dedupKey()).open = false;
      case Content.Ticket c -> create(c.mark(), now);
      case Content.TicketComment c -> comment(c);
      case Content.TicketResolve c -> done.add(c.mark());
      case Content.Event c -> hear(n, c.eventId());
      case Content.Post _, Content.PostEdit _, Content.PostReply _ -> chat.change(n.content());
      case Content.PageAcknowledge _, Content.PageNote _ -> {
        // Repeats do no harm there.
      }
    }
  }

  private void trigger(String key, Page page) {
    if (!page.open) {
      page.open = true;
      page.opened++;
      if (page.opened > 1) {
        violations.add("paged twice under " + key);
      }
    }
  }

  private void create(String mark, Instant now) {
    Instant visible = now.plus(chance.millis(0, LONGEST_LAG_MILLIS));
    if (tickets.put(mark, new Ticket(visible)) != null) {
      violations.add("two tickets for " + mark);
    }
  }

  private void comment(Content.TicketComment c) {
    if (!tickets.containsKey(c.mark())) {
      violations.add("a comment without its ticket: " + c.mark());
    }
    if (!comments.add(c.mark() + '/' + c.commentMark())) {
      violations.add("the same comment twice: " + c.commentMark());
    }
  }

  private void hear(Notification n, String eventId) {
    List<String> of =
        heard.computeIfAbsent(n.endpoint() + ' ' + n.order(), order -> new ArrayList<>());
    if (!of.contains(eventId)) {
      of.add(eventId);
    }
  }

  /**
   * What an attempt sees that looks first, as later attempts at Jira and Slack do; else it is to be
   * made.
   */
  boolean isSeenDone(Attempt attempt, Instant now) {
    return attempt.n() > 1
        && switch (attempt.notification().content()) {
          case Content.Ticket c -> isFound(c.mark(), now);
          case Content.TicketComment c -> comments.contains(c.mark() + '/' + c.commentMark());
          case Content.TicketResolve c -> done.contains(c.mark());
          case Content.Post _, Content.PostEdit _, Content.PostReply _ ->
              chat.isSeen(attempt.notification().content());
          case Content.Page _,
              Content.PageAcknowledge _,
              Content.PageNote _,
              Content.PageResolve _,
              Content.Event _ ->
              false;
        };
  }

  private boolean isFound(String mark, Instant now) {
    Ticket ticket = tickets.get(mark);
    return ticket != null && !ticket.visibleAt().isAfter(now);
  }

  Outcome probe(Attempt attempt, Instant now) {
    return switch (attempt.notification().content()) {
      case Content.Ticket c -> probeTicket(attempt, c.mark(), now);
      case Content.TicketComment c -> is(comments.contains(c.mark() + '/' + c.commentMark()));
      case Content.TicketResolve c -> is(done.contains(c.mark()));
      case Content.Post _, Content.PostEdit _, Content.PostReply _ -> chat.probe(attempt);
      case Content.Page _,
          Content.PageAcknowledge _,
          Content.PageNote _,
          Content.PageResolve _,
          Content.Event _ ->
          throw new IllegalArgumentException("nobody probes for " + attempt.notification().id());
    };
  }

  /** One look in five misses it among the newest keys, and search is behind. */
  private Outcome probeTicket(Attempt attempt, String mark, Instant now) {
    boolean read = tickets.containsKey(mark) && chance.of(800);
    if (read || isFound(mark, now)) {
      return new Outcome.Delivered("OPS-" + mark);
    }
    Instant since =
        Objects.requireNonNullElse(attempt.unknownSince(), attempt.notification().plannedAt());
    return attempt.issuedAt().isBefore(since.plus(SURE_AFTER))
        ? new Outcome.TryAgain(Reason.NOT_FOUND, "not yet", Duration.ofSeconds(15))
        : new Outcome.Absent();
  }

  private static Outcome is(boolean there) {
    return there ? new Outcome.Delivered("there") : new Outcome.Absent();
  }
}
