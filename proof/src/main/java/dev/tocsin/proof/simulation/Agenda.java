// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to happen when: virtual time goes from one entry to the next. */
final class Agenda {

  private record Entry(Instant at, long number, Runnable what) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparingLong(Entry::number));
  private Instant now;
  private long numbers;
  private long happened;

  Agenda(Instant start) {
    this.now = start;
  }

  Instant now() {
    return now;
  }

  /** How many entries have happened. */
  long happened() {
    return happened;
  }

  /** Entries of one instant happen in the order in which they were made. */
  void at(Instant when, Runnable what) {
    entries.add(new Entry(when.isBefore(now) ? now : when, numbers++, what));
  }

  void in(Duration delay, Runnable what) {
    at(now.plus(delay), what);
  }

  /** Lets everything happen that is due until then. */
  void runUntil(Instant end) {
    while (!entries.isEmpty() && !entries.element().at().isAfter(end)) {
      Entry next = entries.remove();
      now = next.at();
      happened++;
      next.what().run();
    }
    now = end;
  }
}
