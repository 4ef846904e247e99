// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.lane.Lane.Line;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Attempt.Mode;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The way out of a lane: what goes to the workers now, and when to look again. */
final class Departures {

  /** A page that is resolved before anybody got it is not worth waking somebody for after this. */
  static final Duration STALE = Duration.ofMinutes(30);

  /** A held lane keeps what it holds for as long as the topic of notifications does. */
  static final Duration LONGEST_HELD = Duration.ofDays(7);

  /** How soon a held lane notices that it no longer is. */
  static final Duration HELD_LOOKS = Duration.ofSeconds(15);

  /** At most so many deliveries leave in one turn, so that no lane keeps the others waiting. */
  static final int MOST_IN_A_TURN = 32;

  private final Turn turn;
  private final Queues queues;
  private final LaneProfile profile;
  private final Way way;

  Departures(Turn turn, Queues queues, LaneProfile profile, Way way) {
    this.turn = turn;
    this.queues = queues;
    this.profile = profile;
    this.way = way;
  }

  /** Sends out what the lane lets through now, and sees to it that the rest is not forgotten. */
  void issue() {
    if (way instanceof Way.Held held) {
      hold(held.why());
      return;
    }
    Line line = turn.lane().next();
    for (int i = 0; i < MOST_IN_A_TURN && line != null; i++, line = turn.lane().next()) {
      if (!(way instanceof Way.Closed)
          && turn.lane().gate(profile, turn.now) instanceof Lane.Gate.Shut shut) {
        if (shut.until() != null) {
          turn.wakeAt(shut.until());
        }
        return;
      }
      LaneDelivery delivery = queues.takeReady(line);
      if (delivery != null && delivery.stage() instanceof Stage.Ready r) {
        if (way instanceof Way.Closed closed) {
          queues.cancel(delivery, closed.why());
        } else if (isStale(delivery)) {
          queues.cancel(delivery, "it was over before anybody could be told");
        } else {
          issue(delivery, r.mode());
        }
        queues.settle();
      }
    }
    if (line != null) {
      turn.wakeAt(turn.now);
    }
  }

  /** Nothing leaves. What was held for too long is set down, and can be replayed. */
  private void hold(String why) {
    for (Line line : Line.values()) {
      hold(line, why);
    }
  }

  private void hold(Line line, String why) {
    for (int i = 0; i < MOST_IN_A_TURN && !turn.lane().ready(line).isEmpty(); i++) {
      LaneDelivery delivery = queues.firstReady(line);
      if (delivery != null
          && delivery.notification().plannedAt().plus(LONGEST_HELD).isAfter(turn.now)) {
        turn.wakeAt(turn.now.plus(HELD_LOOKS));
        return;
      }
      LaneDelivery tooOld = queues.takeReady(line);
      if (tooOld != null && tooOld.stage() instanceof Stage.Ready) {
        queues.cancel(tooOld, "held for 7 days: " + why);
        queues.settle();
      }
    }
    if (!turn.lane().ready(line).isEmpty()) {
      turn.wakeAt(turn.now);
    }
  }

  private boolean isStale(LaneDelivery delivery) {
    Notification n = delivery.notification();
    if (delivery.issued() > 0
        || !(n.content() instanceof Content.Page page)
        || n.plannedAt().plus(STALE).isAfter(turn.now)) {
      return false;
    }
    String orderKey = turn.key(n.order());
    Order order = turn.orders.get(orderKey);
    if (order == null || !page.dedupKey().equals(order.resolves())) {
      return false;
    }
    turn.orders.put(orderKey, order.leavingUnsaid(page.dedupKey()));
    return true;
  }

  private void issue(LaneDelivery delivery, Mode mode) {
    int n = delivery.issued() + 1;
    Stage.InFlight inFlight =
        new Stage.InFlight(
            delivery.attemptId(n),
            mode,
            turn.now,
            turn.now.plus(profile.lease()),
            Hedge.due(delivery, mode, profile, turn.now));
    LaneDelivery issued = delivery.issued(inFlight);
    turn.put(issued);
    turn.lane(turn.lane().issued(turn.now));
    turn.set(turn.watch(issued, inFlight));
    turn.enter(issued);
    turn.say(
        new Attempt(
            inFlight.attemptId(),
            n,
            mode,
            turn.now,
            inFlight.leaseUntil(),
            queues.receiptOfNeed(delivery.notification()),
            mode == Mode.PROBE ? unknownSince(delivery) : null,
            delivery.notification()),
        delivery.traceparent());
  }

  /**
   * A lag of two minutes is waited for by one clock: before a change of clocks none of it passed.
   */
  private @Nullable Instant unknownSince(LaneDelivery delivery) {
    Instant since = delivery.unknownSince();
    return since == null || since.isAfter(turn.countedSince) ? since : turn.countedSince;
  }
}
