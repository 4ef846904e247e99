// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import java.time.Duration;

/**
 * How long to wait before a restart: doubled each time, and short again after a run that was longer
 * than the longest pause. Having started is no proof: a poisoned client starts well and dies on its
 * first record.
 */
final class RestartPause {

  private final Duration first;
  private final Duration longest;
  private Duration next;
  private long startedNanos;

  RestartPause(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  synchronized void started(long nanos) {
    startedNanos = nanos;
  }

  synchronized Duration failed(long nanos) {
    if (nanos - startedNanos > longest.toNanos()) {
      next = first;
    }
    Duration pause = next;
    Duration doubled = pause.multipliedBy(2);
    next = doubled.compareTo(longest) < 0 ? doubled : longest;
    return pause;
  }
}
