// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A process that may be down. What is sent to it waits, in order, as records wait in a partition;
 * what it decides is committed whole or not at all, so that a crash only costs it time.
 */
final class Part {

  private final Agenda agenda;
  private Instant upAt;

  Part(Agenda agenda) {
    this.agenda = agenda;
    this.upAt = agenda.now();
  }

  void down(Duration time) {
    Instant end = agenda.now().plus(time);
    upAt = end.isAfter(upAt) ? end : upAt;
  }

  boolean isUp() {
    return !upAt.isAfter(agenda.now());
  }

  /** Does it now, or as soon as it is up. */
  void whenUp(Runnable work) {
    if (isUp()) {
      work.run();
    } else {
      agenda.at(upAt, () -> whenUp(work));
    }
  }

  /** A partition that it reads. */
  final class Inbox {

    private record Message(Instant readyAt, Runnable work) {}

    private final Deque<Message> messages = new ArrayDeque<>();

    void send(Duration delay, Runnable work) {
      Instant readyAt = agenda.now().plus(delay);
      Message last = messages.peekLast();
      if (last != null && last.readyAt().isAfter(readyAt)) {
        readyAt = last.readyAt();
      }
      messages.add(new Message(readyAt, work));
      agenda.at(readyAt, this::read);
    }

    private void read() {
      while (!messages.isEmpty() && !messages.element().readyAt().isAfter(agenda.now())) {
        if (!isUp()) {
          agenda.at(upAt, this::read);
          return;
        }
        messages.remove().work().run();
      }
    }
  }
}
