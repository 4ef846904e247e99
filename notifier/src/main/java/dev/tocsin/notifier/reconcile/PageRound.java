// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.notifier.channel.call.CallLimits;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.pagerduty.PagerDutyRest;
import dev.tocsin.notifier.channel.pagerduty.PagerDutySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Asks PagerDuty about our unresolved incidents, and every twentieth time for pages that are open
 * although their incident is over.
 */
final class PageRound implements Round {

  /** A list of a hundred incidents is some hundred kilobytes. */
  static final CallLimits LIMITS =
      new CallLimits(Duration.ofSeconds(3), Duration.ofSeconds(5), 4 << 20);

  private static final String ABOUT = "what people do in PagerDuty";
  private static final int STRAYS_EVERY = 20;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final Duration interval;
  private final OurSide here;
  private final HttpCalls calls = HttpCalls.anywhere(LIMITS);
  private final PagerDutyPoll poll;
  private final Strays strays;
  private final Pauses pauses;
  private long rounds;

  PageRound(PagerDutySettings settings, OurSide here) {
    this.interval = settings.pollInterval();
    this.here = here;
    this.poll = new PagerDutyPoll(new PagerDutyRest(settings), calls, here.clock());
    this.strays = new Strays(interval.multipliedBy(STRAYS_EVERY));
    this.pauses = new Pauses(interval, LONGEST_PAUSE, PageRules.VIA, ABOUT, here.metrics());
  }

  @Override
  public Duration next() throws InterruptedException, ExecutionException, TimeoutException {
    boolean looksForStrays = rounds++ % STRAYS_EVERY == 0;
    if (!here.feed().catchUp()) {
      return interval;
    }
    Set<String> keys = here.watchList().dedupKeys();
    if (keys.isEmpty() && !looksForStrays) {
      return interval;
    }
    PagerDutyPoll.Findings findings =
        poll.ask(
            keys,
            looksForStrays
                ? PagerDutyPoll.Reading.TO_ITS_END
                : PagerDutyPoll.Reading.UNTIL_ALL_ARE_FOUND);
    // What we did ourselves was in the topic before PagerDuty heard of it: read that first, and
    // it is not taken for what somebody did there.
    if (here.feed().catchUp()) {
      Instant now = here.clock().instant();
      here.outbox().write(PageRules.decide(here.watchList().unresolved(), findings.reports(), now));
      if (looksForStrays) {
        heal(findings.others(), now);
      }
    }
    return pauses.after(findings.fault());
  }

  private void heal(Map<String, PageReport> open, Instant now)
      throws InterruptedException, ExecutionException, TimeoutException {
    for (Map.Entry<String, PageReport> page : open.entrySet()) {
      Mark mark = Mark.read(page.getKey());
      Watched watched = mark == null ? null : here.watchList().find(mark.incidentId());
      Instant over = mark == null ? null : Strays.overSince(mark, watched);
      if (watched == null || over == null) {
        continue;
      }
      Instant reopenedAt = page.getValue().reopenedAt();
      if (reopenedAt != null && reopenedAt.isAfter(over)) {
        if (watched.isResolved()) {
          here.outbox().write(PageRules.reopened(watched, page.getValue().by(), now));
        }
        continue;
      }
      int times = strays.turn(page.getKey(), over, now);
      if (times > 0) {
        here.outbox()
            .write(Stray.page(watched, page.getKey(), times, Duration.between(over, now), now));
        strays.healed(page.getKey(), times, now);
      }
    }
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
