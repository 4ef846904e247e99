// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.notifier.channel.call.CallLimits;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.jira.JiraSettings;
import dev.tocsin.schemas.command.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks Jira about the tickets of incidents that are open, and of those that were over in the last
 * day until their tickets are, too.
 */
final class TicketRound implements Round {

  private static final CallLimits LIMITS =
      new CallLimits(Duration.ofSeconds(3), Duration.ofSeconds(10), 4 << 20);

  private static final String ABOUT = "what people do in Jira";
  private static final Duration LOOKED_AFTER = Duration.ofDays(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);
  private static final int PATIENCE = 10;
  private static final int MOST_READS = 10;
  private static final int REMEMBERED = 20_000;

  private final Duration interval;
  private final TicketRules rules;
  private final OurSide here;
  private final HttpCalls calls = HttpCalls.anywhere(LIMITS);
  private final JiraPoll poll;
  private final Strays strays;
  private final Pauses pauses;

  /** Epochs of incidents whose ticket is as it should be, or as somebody wants it. */
  private final Map<String, Boolean> settled = Recent.map(REMEMBERED);

  TicketRound(JiraSettings settings, OurSide here) {
    this.interval = settings.pollInterval();
    this.rules = new TicketRules(settings.doneResolves());
    this.here = here;
    this.poll = new JiraPoll(settings, calls, here.clock());
    this.strays = new Strays(interval.multipliedBy(PATIENCE));
    this.pauses = new Pauses(interval, LONGEST_PAUSE, TicketRules.VIA, ABOUT, here.metrics());
  }

  @Override
  public Duration next() throws InterruptedException, ExecutionException, TimeoutException {
    if (!here.feed().catchUp()) {
      return interval;
    }
    Collection<String> asked = asked(here.clock().instant());
    if (asked.isEmpty()) {
      return interval;
    }
    JiraPoll.Findings findings = poll.ask(asked);
    Fault fault = findings.fault();
    // What we did ourselves was in the topic before Jira heard of it.
    if (here.feed().catchUp()) {
      Fault later = judge(findings.reports());
      fault = fault == null ? later : fault;
    }
    return pauses.after(fault);
  }

  private List<String> asked(Instant now) {
    Instant until = now.minus(interval.multipliedBy(PATIENCE));
    return Stream.concat(
            here.watchList().unresolved().stream(),
            here.watchList().resolvedBetween(now.minus(LOOKED_AFTER), until).stream())
        .filter(watched -> !settled.containsKey(epoch(watched)))
        .map(Watched::incidentId)
        .toList();
  }

  private @Nullable Fault judge(List<TicketReport> reports)
      throws InterruptedException, ExecutionException, TimeoutException {
    int reads = 0;
    for (TicketReport report : reports) {
      Watched watched = here.watchList().find(report.incidentId());
      if (watched == null || report.done() == watched.isResolved()) {
        if (watched != null && watched.isResolved()) {
          settled.put(epoch(watched), true);
        }
        continue;
      }
      if (++reads > MOST_READS) {
        break;
      }
      JiraPoll.Answer answer = poll.lastMove(report);
      if (answer.move() == null) {
        return answer.fault();
      }
      judge(watched, answer.move());
    }
    return null;
  }

  /** Search lags, so only what was read by key counts. */
  private void judge(Watched watched, TicketReport.Move move)
      throws InterruptedException, ExecutionException, TimeoutException {
    Instant now = here.clock().instant();
    TicketReport ticket = move.report();
    Instant resolvedAt = watched.resolvedAt();
    if (ticket.done()) {
      here.outbox()
          .write(rules.done(watched, ticket.key(), ticket.status(), move.by(), move.at(), now));
      settled.put(epoch(watched), true);
      return;
    }
    if (resolvedAt == null) {
      return;
    }
    List<Command> kept =
        rules.moved(watched, ticket.key(), ticket.status(), move.by(), move.at(), now);
    int times = strays.turn(watched.dedupKey(), resolvedAt, now);
    if (!kept.isEmpty()) {
      here.outbox().write(kept);
      settled.put(epoch(watched), true);
    } else if (times > 0) {
      Duration open = Duration.between(resolvedAt, now);
      here.outbox().write(Stray.ticket(watched, ticket.key(), times, open, now));
      strays.healed(watched.dedupKey(), times, now);
    }
  }

  private static String epoch(Watched watched) {
    return watched.dedupKey() + (watched.isResolved() ? "/over" : "");
  }

  @Override
  public String about() {
    return ABOUT;
  }

  @Override
  public Duration afterFailure() {
    return interval;
  }

  @Override
  public void close() {
    calls.close();
  }
}
