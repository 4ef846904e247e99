// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.refusal.RefusalReason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * What came in, in numbers.
 *
 * <p>{@code tocsin.alerts.accepted} counts records in the topic {@code alerts} whose sender was
 * told so: over time it equals the outcomes detection records, plus repeats of messages that were
 * answered 503 with a part of them written. Every message is counted once as accepted (its alerts
 * in {@code tocsin.alerts.accepted}) or once in {@code tocsin.ingest.refused}; {@code
 * tocsin.ingest.unreadable} is a part of the accepted ones, and equals the dead letters.
 */
final class IngestMetrics {

  private final MeterRegistry meters;
  private final Timer durableWrite;

  IngestMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.durableWrite =
        Timer.builder("tocsin.ingest.durable.write")
            .description("from the first record handed to the producer to the last confirmed")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(meters);
  }

  void accepted(String source, int alerts, boolean unreadable) {
    meters.counter("tocsin.alerts.accepted", "source", source).increment(alerts);
    if (unreadable) {
      meters.counter("tocsin.ingest.unreadable", "source", source).increment();
    }
  }

  void refused(String source, RefusalReason reason) {
    meters.counter("tocsin.ingest.refused", "source", source, "reason", reason.label()).increment();
  }

  void timeDurableWrite(Runnable write) {
    durableWrite.record(write);
  }
}
