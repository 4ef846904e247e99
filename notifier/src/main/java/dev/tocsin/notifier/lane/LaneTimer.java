// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import java.time.Instant;

/** What a lane wants to be reminded of. Its name in the timer queue is its parts, joined. */
record LaneTimer(Kind kind, String endpoint, String delivery, int n, Instant due) {

  /** What is to be done when it is due. */
  enum Kind {
    /** A worker has been silent for the whole of its lease. */
    LEASE,
    /** A worker has been silent for long enough to have the same attempted beside it. */
    HEDGE,
    /** A page has not been taken for so long that it goes over the second channel as well. */
    SECOND,
    /** A delivery has rested. */
    REST,
    /** The lane may let something through again. */
    WAKE,
    /** A delivery has been over for so long that nobody asks for it any more. */
    FORGET
  }

  static LaneTimer wake(String endpoint, Instant due) {
    return new LaneTimer(Kind.WAKE, endpoint, "", 0, due);
  }

  String name() {
    return kind + "|" + endpoint + '|' + delivery + '|' + n;
  }

  static LaneTimer parse(String name, Instant due) {
    String[] parts = name.split("\\|", -1);
    return new LaneTimer(
        Kind.valueOf(parts[0]), parts[1], parts[2], Integer.parseInt(parts[3]), due);
  }
}
