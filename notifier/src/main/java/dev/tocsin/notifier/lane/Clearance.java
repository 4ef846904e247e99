// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import dev.tocsin.notifier.lane.Lane.Line;
import org.jspecify.annotations.Nullable;

/**
 * The end of what a lane holds that has ended itself. It is over for all of it at one time; a
 * backlog is written down a share in each turn, oldest first, and whatever is spoken of before its
 * share has come is written down then.
 */
final class Clearance {

  private final Turn turn;
  private final Queues queues;

  Clearance(Turn turn, Queues queues) {
    this.turn = turn;
    this.queues = queues;
  }

  /** The delivery as it is by now, whether or not its share has come; null when there is none. */
  @Nullable LaneDelivery delivery(String id) {
    LaneDelivery delivery = turn.delivery(id);
    String why = turn.lane().ended();
    if (delivery != null && why != null && !delivery.isOver()) {
      queues.drop(delivery, why);
    }
    return turn.delivery(id);
  }

  /** Cancels a share, and sees to it that the rest follows. */
  void share(String why) {
    for (int i = 0; i < Departures.MOST_IN_A_TURN && !turn.lane().isCleared(); i++) {
      if (!turn.lane().pending().isEmpty()) {
        LaneDelivery oldest = queues.oldest();
        if (oldest != null) {
          queues.drop(oldest, why);
        }
      }
      for (Line line : Line.values()) {
        if (!turn.lane().ready(line).isEmpty()) {
          queues.takeReady(line);
        }
      }
    }
    if (!turn.lane().isCleared()) {
      turn.wakeAt(turn.now);
    }
  }
}
