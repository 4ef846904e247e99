// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.push.PushOutcome;
import dev.tocsin.ingest.refusal.RefusalReason;
import dev.tocsin.ingest.spool.DrainListener;
import dev.tocsin.ingest.spool.Spool;
import dev.tocsin.schemas.callback.Callback;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What came in, in numbers.
 *
 * <ul>
 *   <li>{@code tocsin.alerts.accepted} counts alerts whose sender was told so: over time it equals
 *       the outcomes detection records
 *   <li>Every message is counted once in {@code tocsin.ingest.durable}, by what made it so ({@code
 *       kafka} or {@code spool}), or once in {@code tocsin.ingest.refused}
 *   <li>{@code tocsin.ingest.unreadable} is a part of the durable ones, and equals the dead letters
 *   <li>{@code tocsin.ingest.durable} by {@code spool} less {@code tocsin.ingest.drained} is {@code
 *       tocsin.ingest.spool.messages}, but for what an earlier run left and what was set aside
 *   <li>{@code tocsin.ingest.callbacks} counts what vendors' webhooks told, by kind; {@code unused}
 *       are messages about nothing of ours, {@code unreadable} ones are dead letters. Those refused
 *       are in {@code tocsin.ingest.refused}, under the source {@code <vendor>-webhook}
 *   <li>{@code tocsin.ingest.samples} counts pushed samples by what became of them: each of a batch
 *       that was answered once, and what is no sample (histograms, exemplars, metadata) as well
 * </ul>
 */
final class IngestMetrics implements DrainListener {

  private final MeterRegistry meters;
  private final Timer durableWrite;

  IngestMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.durableWrite =
        Timer.builder("tocsin.ingest.durable.write")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(meters);
  }

  /** What waits in the spool, now. */
  void watch(Spool spool, InstantSource clock) {
    Gauge.builder("tocsin.ingest.spool.bytes", spool, Spool::bytes).register(meters);
    Gauge.builder("tocsin.ingest.spool.messages", spool, Spool::messages).register(meters);
    Gauge.builder("tocsin.ingest.spool.set.aside", spool, Spool::setAside).register(meters);
    Gauge.builder("tocsin.ingest.spool.age", spool, s -> seconds(s.oldest(), clock))
        .baseUnit("seconds")
        .register(meters);
  }

  private static double seconds(
      @org.jspecify.annotations.Nullable Instant since, InstantSource clock) {
    return since == null ? 0 : Duration.between(since, clock.instant()).toMillis() / 1000.0;
  }

  void accepted(String source, int alerts, boolean unreadable, AlertWriter.Durable by) {
    meters.counter("tocsin.alerts.accepted", "source", source).increment(alerts);
    meters
        .counter(
            "tocsin.ingest.durable", "source", source, "by", by.name().toLowerCase(Locale.ROOT))
        .increment();
    if (unreadable) {
      meters.counter("tocsin.ingest.unreadable", "source", source).increment();
    }
  }

  /** A vendor's webhook was accepted. */
  void calledBack(String vendor, List<Callback> callbacks, boolean unreadable) {
    if (callbacks.isEmpty()) {
      called(vendor, unreadable ? "unreadable" : "unused");
    }
    callbacks.forEach(callback -> called(vendor, callback.change().type()));
  }

  /** A batch of samples was answered. */
  void pushed(String source, Map<PushOutcome, Integer> samples) {
    samples.forEach(
        (outcome, count) ->
            meters
                .counter("tocsin.ingest.samples", "source", source, "outcome", outcome.label())
                .increment(count));
  }

  private void called(String vendor, String kind) {
    meters.counter("tocsin.ingest.callbacks", "vendor", vendor, "kind", kind).increment();
  }

  @Override
  public void drained(String source, int messages) {
    meters.counter("tocsin.ingest.drained", "source", source).increment(messages);
  }

  void refused(String source, RefusalReason reason) {
    meters.counter("tocsin.ingest.refused", "source", source, "reason", reason.label()).increment();
  }

  AlertWriter.Durable timeDurableWrite(Supplier<AlertWriter.Durable> write) {
    return java.util.Objects.requireNonNull(durableWrite.record(write));
  }
}
