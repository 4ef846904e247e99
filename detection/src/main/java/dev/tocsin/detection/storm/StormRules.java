// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.storm;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Severity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When incidents opening together are a storm, and when it is over.
 *
 * <p>A storm is over for its own incident when nothing has opened for a while, and everything it
 * speaks for is over: until then, nobody else says that they are still open.
 */
public final class StormRules {

  /** How often a storm is asked whether it is over. */
  public static final Duration CHECK_EVERY = Duration.ofSeconds(10);

  private static final Duration CALM_AFTER = Duration.ofMinutes(5);

  /** Longer than the flow of alerts takes to say that it goes on, or is over. */
  private static final Duration ALARMED_FOR = Duration.ofHours(1);

  /** While more alerts come than ever at this hour, a third of the incidents is a storm. */
  private static final int ALARMED_DIVISOR = 3;

  private final int opensPerMinute;

  /**
   * @param opensPerMinute incidents opened within a minute, beyond which it is a storm
   */
  public StormRules(int opensPerMinute) {
    this.opensPerMinute = opensPerMinute;
  }

  /**
   * What something makes of it.
   *
   * @param report what is to be said of the storm now, as an alert of our own; null when nothing is
   * @param note what those who look at the storm's incident should know; null when nothing
   */
  public record Step(StormState state, @Nullable Alert report, @Nullable String note) {

    private static Step quiet(StormState state) {
      return new Step(state, null, null);
    }
  }

  /**
   * An incident opens.
   *
   * @param spoken whether the storm's own incident is active: once a person resolved it, it speaks
   *     for nobody
   */
  public Step opened(
      StormState before, boolean spoken, String group, Opening opening, Instant now) {
    return switch (before) {
      case StormState.Raging r when spoken -> joined(r, group, opening, now);
      case StormState.Ebbing e when spoken -> again(e, opening, now);
      case StormState.Calm c -> counted(c.opens(), c.alarmedUntil(), group, opening, now);
      case StormState.Raging _, StormState.Ebbing _ ->
          counted(Opens.NONE, before.alarmedUntil(), group, opening, now);
    };
  }

  private Step counted(
      Opens before, @Nullable Instant alarmedUntil, String group, Opening opening, Instant now) {
    Opens opens = before.plus(opening, now);
    int count = opens.count(now);
    if (count <= limit(alarmedUntil, now)) {
      return Step.quiet(new StormState.Calm(opens, alarmedUntil));
    }
    Tally tally = new Tally(now, opens.worst(now), count, 1, opens.first(now));
    return new Step(
        new StormState.Raging(opens, tally, now, alarmedUntil),
        StormReport.of(tally, group, AlertStatus.FIRING, now),
        null);
  }

  private Step joined(StormState.Raging before, String group, Opening opening, Instant now) {
    Opens opens = before.opens().plus(opening, now);
    Tally tally = before.tally().plus(opening);
    boolean busy = isBusy(opens, before.alarmedUntil(), now);
    return new Step(
        new StormState.Raging(opens, tally, busy ? now : before.busyAt(), before.alarmedUntil()),
        before.tally().worse(opening.severity())
            ? StormReport.of(tally, group, AlertStatus.FIRING, now)
            : null,
        StormReport.isRound(tally.incidents()) ? StormReport.growing(tally, opening) : null);
  }

  private Step again(StormState.Ebbing before, Opening opening, Instant now) {
    Opens opens = before.opens().plus(opening, now);
    if (opens.count(now) <= limit(before.alarmedUntil(), now)) {
      return Step.quiet(new StormState.Ebbing(opens, before.tally(), before.alarmedUntil()));
    }
    Tally tally = before.tally().plus(opening);
    return new Step(
        new StormState.Raging(opens, tally, now, before.alarmedUntil()),
        null,
        StormReport.growing(tally, opening));
  }

  /**
   * An incident is over that a storm spoke for.
   *
   * @param since when that storm began
   */
  public Step closed(StormState before, Instant since, String group, Instant now) {
    return switch (before) {
      case StormState.Raging r when r.tally().since().equals(since) ->
          Step.quiet(
              new StormState.Raging(r.opens(), r.tally().lessOne(), r.busyAt(), r.alarmedUntil()));
      case StormState.Ebbing e when e.tally().since().equals(since) && e.tally().open() > 1 ->
          Step.quiet(new StormState.Ebbing(e.opens(), e.tally().lessOne(), e.alarmedUntil()));
      case StormState.Ebbing e when e.tally().since().equals(since) ->
          over(e.opens(), e.tally(), e.alarmedUntil(), group, now);
      case StormState.Calm _, StormState.Raging _, StormState.Ebbing _ -> Step.quiet(before);
    };
  }

  /** An incident became worse that a storm speaks for. */
  public Step raised(
      StormState before, Instant since, String group, Severity severity, Instant now) {
    Tally tally = before.storm();
    if (tally == null || !tally.since().equals(since) || !tally.worse(severity)) {
      return Step.quiet(before);
    }
    Tally raised = tally.raised(severity);
    StormState next =
        before instanceof StormState.Raging r
            ? new StormState.Raging(r.opens(), raised, r.busyAt(), r.alarmedUntil())
            : new StormState.Ebbing(before.opens(), raised, before.alarmedUntil());
    return new Step(next, StormReport.of(raised, group, AlertStatus.FIRING, now), null);
  }

  /** More alerts come than ever at this hour, or no longer do. */
  public StormState alarmed(StormState before, boolean alarmed, Instant now) {
    Instant until = alarmed ? now.plus(ALARMED_FOR) : null;
    return switch (before) {
      case StormState.Calm c -> new StormState.Calm(c.opens(), until);
      case StormState.Raging r -> new StormState.Raging(r.opens(), r.tally(), r.busyAt(), until);
      case StormState.Ebbing e -> new StormState.Ebbing(e.opens(), e.tally(), until);
    };
  }

  /** Time has passed. */
  public Step checked(StormState before, String group, Instant now) {
    if (!(before instanceof StormState.Raging raging)) {
      return Step.quiet(before);
    }
    Instant alarmedUntil = raging.alarmedUntil();
    if (isBusy(raging.opens(), alarmedUntil, now)) {
      return Step.quiet(new StormState.Raging(raging.opens(), raging.tally(), now, alarmedUntil));
    }
    if (now.isBefore(raging.busyAt().plus(CALM_AFTER))) {
      return Step.quiet(raging);
    }
    return raging.tally().open() == 0
        ? over(Opens.NONE, raging.tally(), alarmedUntil, group, now)
        : new Step(
            new StormState.Ebbing(Opens.NONE, raging.tally(), alarmedUntil),
            null,
            StormReport.ebbing(raging.tally()));
  }

  private static Step over(
      Opens opens, Tally tally, @Nullable Instant alarmedUntil, String group, Instant now) {
    return new Step(
        new StormState.Calm(opens, alarmedUntil),
        StormReport.of(tally, group, AlertStatus.RESOLVED, now),
        null);
  }

  private boolean isBusy(Opens opens, @Nullable Instant alarmedUntil, Instant now) {
    return opens.count(now) * 3 >= limit(alarmedUntil, now);
  }

  private int limit(@Nullable Instant alarmedUntil, Instant now) {
    return alarmedUntil == null || now.isAfter(alarmedUntil)
        ? opensPerMinute
        : Math.min(
            opensPerMinute, Math.max(StormSettings.FEWEST, opensPerMinute / ALARMED_DIVISOR));
  }
}
