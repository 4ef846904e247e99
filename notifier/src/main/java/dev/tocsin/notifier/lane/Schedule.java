// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.effect.Admission;
import dev.tocsin.notifier.effect.Ledger;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.notification.Notification;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happens in one lane because of one record or timer. */
final class Schedule {

  private final Turn turn;
  private final LaneProfile profile;
  private final Ledger ledger;
  private final Queues queues;
  private final Departures departures;
  private final Clearance clearance;
  private final SecondChannel second;

  Schedule(Turn turn, LaneProfile profile, Way way, Ledger ledger) {
    this.turn = turn;
    this.profile = profile;
    this.ledger = ledger;
    this.queues = new Queues(turn, profile, ledger);
    this.departures = new Departures(turn, queues, profile, way);
    this.clearance = new Clearance(turn, queues);
    this.second = new SecondChannel(turn, profile, ledger);
  }

  /**
   * @param refusal why it can never go out; null when it can
   */
  void plan(
      Notification notification,
      @Nullable String refusal,
      @Nullable Instant notBefore,
      @Nullable String traceparent) {
    if (turn.delivery(notification.id()) != null) {
      turn.ignored();
      return;
    }
    Effect effect = ledger.find(notification.id());
    String ended = turn.lane().ended();
    String whyNot = ended == null ? refusal : ended;
    switch (Admission.decide(notification, effect, whyNot, notBefore)) {
      case Admission.Planned a ->
          queues.add(
              LaneDelivery.planned(notification, a.issued(), a.unknownSince(), traceparent),
              notification.plannedAt());
      case Admission.Settled a -> {
        LaneDelivery settled =
            LaneDelivery.planned(notification, a.issued(), null, traceparent)
                .over(a.status(), a.receipt(), a.detail(), turn.now);
        turn.put(settled);
        turn.say(settled);
        turn.set(turn.timer(LaneTimer.Kind.FORGET, settled, turn.now.plus(profile.remembered())));
        if (a.fresh()) {
          turn.enter(settled);
          turn.settled(settled);
        } else {
          turn.ignored();
        }
      }
    }
    second.follow(notification, traceparent);
    goOn();
    watchUnlessLeft(notification.id());
  }

  private void watchUnlessLeft(String id) {
    LaneDelivery delivery = turn.delivery(id);
    if (delivery != null && !(delivery.stage() instanceof Stage.InFlight)) {
      second.watch(id, turn.now);
    }
  }

  void result(AttemptResult result) {
    LaneDelivery delivery = clearance.delivery(result.deliveryId());
    if (delivery == null
        || !result.endpoint().equals(turn.endpoint)
        || result.n() > delivery.issued()
        || !result.attemptId().equals(delivery.attemptId(result.n()))
        || delivery.knows(result)) {
      turn.ignored();
      return;
    }
    LaneDelivery recorded = delivery.with(result);
    Stage.InFlight earlier = delivery.underWay(result.attemptId());
    if (delivery.stage() instanceof Stage.InFlight f && f.attemptId().equals(result.attemptId())) {
      turn.cancel(turn.watch(delivery, f));
      follow(recorded, f, result);
    } else if (earlier != null) {
      turn.cancel(turn.lease(delivery, result.n(), earlier));
      endEarlier(recorded, earlier, result);
    } else {
      // Too late to act on: the lane has long assumed something, and done something about it.
      turn.put(recorded);
      turn.say(recorded);
      turn.ignored();
    }
    goOn();
  }

  void replay(String deliveryId, String by) {
    LaneDelivery delivery = clearance.delivery(deliveryId);
    if (delivery == null
        || !(delivery.stage() instanceof Stage.Over over)
        || turn.lane().ended() != null && over.status() != Delivery.Status.DEAD) {
      turn.ignored();
      return;
    }
    queues.add(delivery.replayed(by), turn.now);
    goOn();
    watchUnlessLeft(deliveryId);
  }

  /** Nothing leaves this lane any more, whatever is planned for it, and what waits is cancelled. */
  void end(String why) {
    if (turn.lane().ended() != null) {
      turn.ignored();
      return;
    }
    turn.lane(turn.lane().ended(why));
    goOn();
  }

  void due(LaneTimer timer) {
    LaneDelivery delivery = clearance.delivery(timer.delivery());
    switch (timer.kind()) {
      case WAKE -> turn.lane(turn.lane().wakingAt(null));
      case LEASE -> {
        if (delivery != null) {
          leaseOver(delivery, timer.n());
        }
      }
      case HEDGE -> {
        if (delivery != null
            && delivery.issued() == timer.n()
            && delivery.stage() instanceof Stage.InFlight f) {
          hedge(delivery, f);
        }
      }
      case SECOND -> {
        if (delivery != null) {
          second.due(delivery);
        }
      }
      case REST -> {
        if (delivery != null
            && delivery.issued() == timer.n()
            && delivery.stage() instanceof Stage.Resting resting) {
          queues.makeReady(delivery, resting.mode());
        }
      }
      case FORGET -> {
        if (delivery != null
            && delivery.stage() instanceof Stage.Over over
            && !over.at().plus(profile.remembered()).isAfter(turn.now)) {
          turn.deliveries.remove(turn.key(delivery.id()));
          turn.strike(delivery.id());
        }
      }
    }
    goOn();
  }

  private void goOn() {
    String ended = turn.lane().ended();
    if (ended == null) {
      queues.settle();
      departures.issue();
    } else {
      clearance.share(ended);
    }
  }

  private void follow(LaneDelivery delivery, Stage.InFlight attempt, AttemptResult result) {
    turn.lane(turn.lane().returned(profile, result.outcome(), turn.now));
    turn.ended(result);
    giveUpEndpoint(result.outcome());
    LaneDelivery after =
        new AfterAttempt(delivery, attempt, profile, turn.countedSince)
            .decide(result.outcome(), turn.now);
    switch (after.stage()) {
      case Stage.Over _ -> queues.end(after);
      case Stage.Resting resting when resting.until().isAfter(turn.now) -> {
        turn.put(after);
        turn.set(turn.timer(LaneTimer.Kind.REST, after, resting.until()));
        turn.say(after);
      }
      case Stage.Resting resting -> {
        queues.makeReady(after, resting.mode());
        turn.say(after);
      }
      case Stage.Queued _, Stage.Needing _, Stage.Ready _, Stage.InFlight _ ->
          throw new IllegalStateException("an attempt led to " + after.stage());
    }
    second.watch(after.id(), attempt.issuedAt());
    second.ended(after.id());
  }

  private void leaseOver(LaneDelivery delivery, int n) {
    Stage.InFlight earlier = delivery.underWay(delivery.attemptId(n));
    if (delivery.stage() instanceof Stage.InFlight f && delivery.issued() == n) {
      AttemptResult silent = silent(delivery, f, n);
      follow(delivery.with(silent), f, silent);
    } else if (earlier != null) {
      AttemptResult silent = silent(delivery, earlier, n);
      endEarlier(delivery.with(silent), earlier, silent);
    }
  }

  private void hedge(LaneDelivery delivery, Stage.InFlight attempt) {
    turn.set(turn.lease(delivery, delivery.issued(), attempt));
    Duration silence = Duration.between(attempt.issuedAt(), turn.now);
    LaneDelivery hedged =
        delivery
            .leavingUnderWay(attempt)
            .counting(delivery.failures() + 1, delivery.looks(), delivery.unknownSince())
            .failed(
                attempt, "nothing heard for %d s: attempted again".formatted(silence.toSeconds()));
    queues.makeReady(hedged, attempt.mode());
    turn.say(hedged);
    second.watch(hedged.id(), attempt.issuedAt());
  }

  /**
   * An attempt ended that was hedged. That it was accepted settles its delivery, whichever comes
   * first; anything else is for the attempt after it to decide, and is only recorded.
   */
  private void endEarlier(LaneDelivery before, Stage.InFlight attempt, AttemptResult result) {
    turn.lane(turn.lane().returned(profile, result.outcome(), turn.now));
    turn.ended(result);
    giveUpEndpoint(result.outcome());
    LaneDelivery delivery = before.noLongerUnderWay(attempt);
    if (delivery.isOver()) {
      LaneDelivery left = queues.leaveOrder(delivery);
      turn.put(left);
      turn.say(left);
    } else if (result.outcome() instanceof Outcome.Delivered accepted) {
      queues.end(
          queues
              .setAside(delivery)
              .over(Delivery.Status.DELIVERED, accepted.receipt(), "", turn.now));
      second.ended(delivery.id());
    } else {
      turn.put(delivery);
      turn.say(delivery);
    }
  }

  private void giveUpEndpoint(Outcome outcome) {
    Failing failing = turn.lane().failing();
    if (failing == null || profile.patience() == null || turn.lane().ended() != null) {
      return;
    }
    String why = failing.whyGiveUp(profile.patience(), outcome, turn.now);
    if (why != null) {
      turn.lane(turn.lane().failing(failing.givenUp(turn.now)));
      turn.say(new Unreachable(turn.endpoint, failing.since(), failing.attempts(), why, turn.now));
    }
  }

  private AttemptResult silent(LaneDelivery delivery, Stage.InFlight f, int n) {
    return new AttemptResult(
        f.attemptId(),
        delivery.id(),
        turn.endpoint,
        n,
        f.mode(),
        new Outcome.Unknown(Reason.LEASE_EXPIRED, "the worker fell silent"),
        f.issuedAt(),
        turn.now);
  }
}
