// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.storm;

import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The incidents that opened within the last minute, counted in slots of five seconds. */
record Opens(List<Slot> slots) {

  private static final int SECONDS = 5;
  private static final int SLOTS = 60 / SECONDS;
  private static final int MOST_FIRST = 3;

  static final Opens NONE = new Opens(List.of());

  /**
   * Five seconds: which, by number since 1970; how many opened in them; how bad the worst was; and
   * the first few.
   */
  record Slot(long number, int count, Severity worst, List<Opening> first) {

    static Slot of(long number, Opening opening) {
      return new Slot(number, 1, opening.severity(), List.of(opening));
    }

    Slot plus(Opening opening) {
      List<Opening> more = first;
      if (first.size() < MOST_FIRST) {
        more = new ArrayList<>(first);
        more.add(opening);
      }
      return new Slot(
          number,
          count + 1,
          opening.severity().isWorseThan(worst) ? opening.severity() : worst,
          List.copyOf(more));
    }
  }

  Opens plus(Opening opening, Instant now) {
    List<Slot> next = new ArrayList<>(at(now).slots);
    long number = number(now);
    Slot last = next.isEmpty() ? null : next.getLast();
    // Broker time may step back: what comes from before counts as now.
    if (last == null || last.number() < number) {
      next.add(Slot.of(number, opening));
    } else {
      next.set(next.size() - 1, last.plus(opening));
    }
    return new Opens(List.copyOf(next));
  }

  int count(Instant now) {
    return at(now).slots.stream().mapToInt(Slot::count).sum();
  }

  Severity worst(Instant now) {
    return at(now).slots.stream().map(Slot::worst).min(Severity::compareTo).orElse(Severity.INFO);
  }

  /** The first few of the minute, the earliest first. */
  List<Opening> first(Instant now) {
    return at(now).slots.stream().flatMap(slot -> slot.first().stream()).limit(MOST_FIRST).toList();
  }

  private Opens at(Instant now) {
    long oldest = number(now) - SLOTS + 1;
    return new Opens(slots.stream().filter(slot -> slot.number() >= oldest).toList());
  }

  private static long number(Instant now) {
    return now.getEpochSecond() / SECONDS;
  }
}
