// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.storm;

import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How many incidents opened within the last minute, counted in slots of five seconds. */
record Opens(List<Slot> slots) {

  private static final int SECONDS = 5;
  private static final int SLOTS = 60 / SECONDS;

  static final Opens NONE = new Opens(List.of());

  /** Five seconds: which, by number since 1970; how many opened in them; and how bad the worst. */
  record Slot(long number, int count, Severity worst) {}

  Opens plus(Severity severity, Instant now) {
    List<Slot> next = new ArrayList<>(at(now).slots);
    long number = number(now);
    Slot last = next.isEmpty() ? null : next.getLast();
    // Broker time may step back: what comes from before counts as now.
    if (last == null || last.number() < number) {
      next.add(new Slot(number, 1, severity));
    } else {
      Severity worst = severity.isWorseThan(last.worst()) ? severity : last.worst();
      next.set(next.size() - 1, new Slot(last.number(), last.count() + 1, worst));
    }
    return new Opens(List.copyOf(next));
  }

  int count(Instant now) {
    return at(now).slots.stream().mapToInt(Slot::count).sum();
  }

  Severity worst(Instant now) {
    return at(now).slots.stream().map(Slot::worst).min(Severity::compareTo).orElse(Severity.INFO);
  }

  private Opens at(Instant now) {
    long oldest = number(now) - SLOTS + 1;
    return new Opens(slots.stream().filter(slot -> slot.number() >= oldest).toList());
  }

  private static long number(Instant now) {
    return now.getEpochSecond() / SECONDS;
  }
}
