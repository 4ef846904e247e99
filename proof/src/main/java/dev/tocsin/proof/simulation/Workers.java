// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.simulation;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Workers that commit an attempt's offset, make the call and report: and die before, between and
 * after.
 */
final class Workers {

  /** The next worker waits for what the dead one's kernel still sends. */
  private static final int LAST_WORDS_MILLIS = 5_000;

  private static final int STARTS_WITHIN_MILLIS = 60_000;

  private final Agenda agenda;
  private final InstantSource clock;
  private final Chance chance;
  private final Vendors vendors;
  private final Part part;
  private final Function<String, LaneProfile> profiles;
  private final Consumer<AttemptResult> report;

  /** Whether an attempt is made however late it is seen. A mistake, for the test of the test. */
  private final boolean careless;

  private final Map<String, Integer> underWay = new HashMap<>();

  /**
   * @param clock theirs, which need not be right
   */
  Workers(
      Agenda agenda,
      InstantSource clock,
      Chance chance,
      Vendors vendors,
      Function<String, LaneProfile> profiles,
      Consumer<AttemptResult> report,
      boolean careless) {
    this.agenda = agenda;
    this.clock = clock;
    this.chance = chance;
    this.vendors = vendors;
    this.part = new Part(agenda);
    this.profiles = profiles;
    this.report = report;
    this.careless = careless;
  }

  Part part() {
    return part;
  }

  void take(Attempt attempt) {
    part.whenUp(
        () -> {
          // Committed, and then the worker died, before the call.
          if (chance.fault(30)) {
            cutOff(attempt, clock.instant());
          } else {
            start(attempt);
          }
        });
  }

  private void start(Attempt attempt) {
    Instant begun = clock.instant();
    Duration lease = Duration.between(attempt.issuedAt(), attempt.leaseUntil());
    if (!careless && begun.isAfter(attempt.issuedAt().plus(lease.dividedBy(3)))) {
      tell(attempt, begun, new Outcome.TryAgain(Reason.NOT_STARTED, "too late", null));
      return;
    }
    if (attempt.mode() == Attempt.Mode.PROBE) {
      agenda.in(
          chance.millis(5, 500), () -> tell(attempt, begun, vendors.probe(attempt, agenda.now())));
      return;
    }
    if (isRepeatable(attempt) || !vendors.isSeenDone(attempt, agenda.now())) {
      call(attempt, begun, lease);
    } else {
      tell(attempt, begun, new Outcome.Delivered("found"));
    }
  }

  private boolean isRepeatable(Attempt attempt) {
    return profiles.apply(attempt.notification().endpoint()).afterUnknown()
        == LaneProfile.AfterUnknown.REPEAT;
  }

  private void call(Attempt attempt, Instant begun, Duration lease) {
    String endpoint = attempt.notification().endpoint();
    vendors.begin(attempt);
    if (underWay.merge(endpoint, 1, Integer::sum) > profiles.apply(endpoint).concurrency()) {
      vendors.violations().add("too many calls under way to " + endpoint);
    }
    int longest = (int) lease.dividedBy(2).toMillis();
    int takes = chance.fault(100) ? chance.between(200, longest) : chance.between(5, 200);
    boolean refused = chance.fault(70) || vendors.isAway(attempt, agenda.now());
    boolean mute = chance.fault(40);
    boolean dies = chance.fault(30);
    if (!refused || !isRepeatable(attempt) && chance.of(500)) {
      agenda.in(chance.millis(0, takes), () -> vendors.change(attempt, agenda.now()));
    }
    agenda.in(
        Duration.ofMillis(takes),
        () -> {
          vendors.end(attempt);
          underWay.merge(endpoint, -1, Integer::sum);
          if (dies) {
            cutOff(attempt, begun);
          } else {
            tell(attempt, begun, outcome(attempt, refused, mute));
          }
        });
  }

  /**
   * The worker died: the next one says so, unless it has another disk. Then the lease will tell.
   */
  private void cutOff(Attempt attempt, Instant begun) {
    if (chance.of(500)) {
      Outcome unknown = new Outcome.Unknown(Reason.WORKER_ENDED, "cut off");
      agenda.in(
          chance.millis(LAST_WORDS_MILLIS, STARTS_WITHIN_MILLIS),
          () -> part.whenUp(() -> tell(attempt, begun, unknown)));
    }
  }

  private Outcome outcome(Attempt attempt, boolean refused, boolean mute) {
    if (mute) {
      return new Outcome.Unknown(Reason.BROKEN_OFF, "no answer");
    }
    if (!refused) {
      return new Outcome.Delivered("receipt");
    }
    if (!isRepeatable(attempt)) {
      return new Outcome.Unknown(Reason.SERVER_ERROR, "500, and who knows");
    }
    return chance.of(300)
        ? new Outcome.TryAgain(Reason.RATE_LIMITED, "429", Duration.ofSeconds(2))
        : new Outcome.TryAgain(Reason.SERVER_ERROR, "503", null);
  }

  private void tell(Attempt attempt, Instant begun, Outcome outcome) {
    report.accept(
        new AttemptResult(
            attempt.id(),
            attempt.notification().id(),
            attempt.notification().endpoint(),
            attempt.n(),
            attempt.mode(),
            outcome,
            begun,
            clock.instant()));
  }
}
