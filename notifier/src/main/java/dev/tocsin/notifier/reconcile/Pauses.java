// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.notifier.watch.NotifierMetrics;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a vendor is left alone between two rounds, and what is told of it when it fails. */
final class Pauses {

  private final Duration interval;
  private final Duration longest;
  private final String via;
  private final NotifierMetrics metrics;
  private final FaultLog faults;

  /**
   * @param longest a vendor may ask for
   */
  Pauses(Duration interval, Duration longest, String via, String about, NotifierMetrics metrics) {
    this.interval = interval;
    this.longest = longest;
    this.via = via;
    this.metrics = metrics;
    this.faults = new FaultLog(about);
  }

  /**
   * @param fault that ended the round; null when there was none
   */
  Duration after(@Nullable Fault fault) {
    metrics.polled(via, fault == null);
    if (fault == null) {
      faults.works();
      return interval;
    }
    faults.failed(fault.kind(), fault.detail());
    Duration asked = fault.pause().compareTo(longest) > 0 ? longest : fault.pause();
    return asked.compareTo(interval) > 0 ? asked : interval;
  }
}
