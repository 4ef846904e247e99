// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.channel.LaneProfile.AfterUnknown;
import dev.tocsin.notifier.effect.Ledger;
import dev.tocsin.notifier.lane.Lane.Line;
import dev.tocsin.schemas.attempt.Attempt.Mode;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.delivery.Delivery.Status;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of a lane that are not over, and their way through its queues.
 *
 * <p>A delivery is queued behind its order, and let in as the first of it once what it needs is
 * delivered. Only the first of an order is ever ready or in flight, and it stays the first until
 * none of its attempts may still be made, so that a page and its resolution never overlap. Among
 * those that are ready pages have a line of their own: where a pace or a breaker lets only some
 * through, a new page does not wait behind hundreds of resolutions.
 */
final class Queues {

  /** Gaps are skipped so many at a time: no turn is long because of many earlier ones. */
  private static final int MOST_GAPS = 32;

  private final Turn turn;
  private final LaneProfile profile;
  private final Ledger ledger;
  private final Deque<String> first = new ArrayDeque<>();

  Queues(Turn turn, LaneProfile profile, Ledger ledger) {
    this.turn = turn;
    this.profile = profile;
    this.ledger = ledger;
  }

  void add(LaneDelivery fresh, Instant since) {
    String orderKey = turn.key(fresh.notification().order());
    Order order = turn.orders.get(orderKey);
    boolean stillFirst = order != null && order.head().equals(fresh.id());
    Lane lane = turn.lane();
    LaneDelivery placed = fresh.inPlace(lane.pending().tail());
    LaneDelivery delivery = stillFirst ? placed : placed.before(null);
    turn.pending.put(turn.key(delivery.place()), new Turn.Place(delivery.id(), since));
    turn.lane(lane.withPending(lane.pending().added(), lane.depth() + 1));
    turn.put(delivery);
    turn.enter(delivery);
    turn.say(delivery);
    if (order == null) {
      turn.orders.put(orderKey, Order.of(delivery.id()));
      first.add(delivery.id());
    } else if (stillFirst) {
      first.add(delivery.id());
    } else {
      LaneDelivery last = turn.delivery(order.tail());
      if (last == null) {
        throw new IllegalStateException("order " + orderKey + " has lost its end, " + order);
      }
      turn.put(last.before(delivery.id()));
      Content content = delivery.notification().content();
      turn.orders.put(orderKey, order.append(delivery.id()).noting(content));
    }
  }

  void makeReady(LaneDelivery delivery, Mode mode) {
    Line line = delivery.notification().content() instanceof Content.Page ? Line.PAGES : Line.REST;
    Lane lane = turn.lane();
    Lane.Ends ends = lane.ready(line);
    turn.ready.put(key(line, ends.tail()), delivery.id());
    turn.lane(lane.withReady(line, ends.added()));
    turn.put(delivery.at(new Stage.Ready(mode)));
  }

  /** The one that has been ready longest in a line; null when it is none any more. */
  @Nullable LaneDelivery firstReady(Line line) {
    String id = turn.ready.get(key(line, turn.lane().ready(line).head()));
    return id == null ? null : turn.delivery(id);
  }

  /** Takes the one that has been ready longest in a line; null when it is none any more. */
  @Nullable LaneDelivery takeReady(Line line) {
    LaneDelivery taken = firstReady(line);
    Lane lane = turn.lane();
    Lane.Ends ends = lane.ready(line);
    turn.ready.remove(key(line, ends.head()));
    turn.lane(lane.withReady(line, ends.taken()));
    return taken;
  }

  /** The one that has been pending longest; null where there is a gap, which is passed. */
  @Nullable LaneDelivery oldest() {
    Lane lane = turn.lane();
    Turn.Place place = turn.pending.get(turn.key(lane.pending().head()));
    if (place == null) {
      turn.lane(lane.withPending(lane.pending().taken(), lane.depth()));
    }
    return place == null ? null : turn.delivery(place.delivery());
  }

  private String key(Line line, long place) {
    return line == Line.PAGES ? turn.key("page " + place) : turn.key(place);
  }

  void cancel(LaneDelivery delivery, String why) {
    end(delivery.over(Status.CANCELLED, null, why, turn.now));
  }

  /** What was to follow does not; an attempt that is being made goes on, and is waited for. */
  LaneDelivery setAside(LaneDelivery delivery) {
    return switch (delivery.stage()) {
      case Stage.InFlight f -> {
        if (f.hedgeAt() != null) {
          turn.cancel(turn.watch(delivery, f));
          turn.set(turn.lease(delivery, delivery.issued(), f));
        }
        yield delivery.leavingUnderWay(f);
      }
      case Stage.Resting resting -> {
        turn.cancel(turn.timer(LaneTimer.Kind.REST, delivery, resting.until()));
        yield delivery;
      }
      case Stage.Ready _, Stage.Queued _, Stage.Needing _, Stage.Over _ -> delivery;
    };
  }

  /** The delivery is over: the next of its order and those that needed it may be let in. */
  void end(LaneDelivery over) {
    leavePending(over);
    first.addAll(over.waiting());
    settled(leaveOrder(over.neededBy(List.of()).inPlace(-1)));
  }

  /**
   * The delivery is over, wherever it stands, and nothing follows: only in a lane that has ended.
   * What is behind it in its order is dropped in turn.
   */
  void drop(LaneDelivery delivery, String why) {
    LaneDelivery over = setAside(delivery).over(Status.CANCELLED, null, why, turn.now);
    leavePending(over);
    turn.orders.remove(turn.key(over.notification().order()));
    settled(over.neededBy(List.of()).inPlace(-1).before(null));
  }

  private void settled(LaneDelivery over) {
    turn.put(over);
    turn.say(over);
    turn.enter(over);
    turn.settled(over);
    turn.set(turn.timer(LaneTimer.Kind.FORGET, over, turn.now.plus(profile.remembered())));
  }

  /** The next of its order is let in, unless an attempt at this one may still be made. */
  LaneDelivery leaveOrder(LaneDelivery over) {
    if (!over.underWay().isEmpty()) {
      return over;
    }
    String orderKey = turn.key(over.notification().order());
    Order order = turn.orders.get(orderKey);
    if (order != null && order.head().equals(over.id())) {
      if (over.next() == null) {
        turn.orders.remove(orderKey);
      } else {
        turn.orders.put(orderKey, order.from(over.next()));
        first.add(over.next());
      }
    }
    return over.before(null);
  }

  private void leavePending(LaneDelivery over) {
    turn.pending.remove(turn.key(over.place()));
    Lane lane = turn.lane();
    Lane.Ends ends = lane.pending();
    int skipped = 0;
    while (!ends.isEmpty()
        && skipped++ < MOST_GAPS
        && turn.pending.get(turn.key(ends.head())) == null) {
      ends = ends.taken();
    }
    turn.lane(lane.withPending(ends, Math.max(0, lane.depth() - 1)));
  }

  /** Lets in those that have become the first of their order, or whose need has ended. */
  void settle() {
    for (String id = first.poll(); id != null; id = first.poll()) {
      LaneDelivery delivery = turn.delivery(id);
      if (delivery != null
          && (delivery.stage() instanceof Stage.Queued
              || delivery.stage() instanceof Stage.Needing)) {
        letIn(delivery);
      }
    }
  }

  private void letIn(LaneDelivery delivery) {
    Notification n = delivery.notification();
    Order order = turn.orders.get(turn.key(n.order()));
    if (order != null && order.leavesUnsaid(n.content())) {
      cancel(delivery, "it was over before anybody could be told");
    } else if (n.needs() == null) {
      makeReady(delivery, firstMode(delivery));
    } else {
      letInWithNeed(delivery, n.needs());
    }
  }

  private void letInWithNeed(LaneDelivery delivery, String need) {
    LaneDelivery needed = turn.delivery(need);
    if (needed == null) {
      Effect effect = ledger.find(need);
      if (effect != null && effect.status() == Effect.Status.DONE) {
        makeReady(delivery, firstMode(delivery));
      } else {
        cancel(delivery, Reason.NEED_FAILED + ": nobody planned " + need + " here");
      }
    } else if (needed.stage() instanceof Stage.Over over) {
      if (over.status() == Status.DELIVERED) {
        makeReady(delivery, firstMode(delivery));
      } else {
        cancel(delivery, "%s: %s is %s".formatted(Reason.NEED_FAILED, need, over.status()));
      }
    } else if (needed.notification().order().equals(delivery.notification().order())) {
      cancel(delivery, Reason.NEED_FAILED + ": " + need + " comes later in its order");
    } else {
      List<String> waiting = new ArrayList<>(needed.waiting());
      waiting.add(delivery.id());
      turn.put(needed.neededBy(waiting));
      turn.put(delivery.at(new Stage.Needing()));
    }
  }

  private Mode firstMode(LaneDelivery delivery) {
    return delivery.unknownSince() != null && profile.afterUnknown() == AfterUnknown.PROBE
        ? Mode.PROBE
        : Mode.SEND;
  }

  /** The receipt of what it needs; null when it needs nothing. */
  @Nullable String receiptOfNeed(Notification notification) {
    String need = notification.needs();
    if (need == null) {
      return null;
    }
    LaneDelivery needed = turn.delivery(need);
    if (needed != null) {
      return needed.receipt();
    }
    Effect effect = ledger.find(need);
    return effect == null ? null : effect.receipt();
  }
}
