// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.sentinel;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The watch itself: look, decide, tell PagerDuty what is owed, wait, look again. */
final class Sentinel {

  private final Watched watched;
  private final PagerDuty pagerDuty;
  private final InstantSource clock;
  private final PrintStream out;
  private SentinelState state;

  Sentinel(
      Watched watched,
      PagerDuty pagerDuty,
      Duration patience,
      InstantSource clock,
      PrintStream out) {
    this.watched = watched;
    this.pagerDuty = pagerDuty;
    this.clock = clock;
    this.out = out;
    this.state = SentinelState.watching(clock.instant(), patience);
  }

  /** One look, and what follows from it. */
  void look() throws InterruptedException {
    Instant now = clock.instant();
    Observation observation = watched.look(now);
    SentinelState before = state;
    state = before.decide(observation, now);
    if (!state.seen().equals(before.seen())) {
      out.println(now + " " + state.seen() + lastAlive());
    }
    Page page = state.owed();
    if (page != null) {
      tell(page, now);
    }
  }

  private void tell(Page page, Instant now) throws InterruptedException {
    String what =
        switch (page) {
          case Page.Trigger trigger -> "page: " + trigger.summary();
          case Page.Resolve _ -> "page resolved";
        };
    int status = pagerDuty.tell(page);
    if (status == 202) {
      state = state.told();
      out.println(now + " " + what);
    } else {
      String answer = status == 0 ? "does not answer" : "answers " + status;
      out.println(now + " PagerDuty " + answer + ", tried again: " + what);
    }
  }

  private String lastAlive() {
    Instant alive = state.lastAlive();
    return alive == null ? ", never seen alive" : ", last alive " + alive;
  }
}
