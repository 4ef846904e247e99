// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.anomaly.Judgement;
import dev.tocsin.detection.flow.Finding;
import dev.tocsin.detection.sample.PollListener;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.forecast.Forecast;
import dev.tocsin.schemas.incident.IncidentEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * What detection counts.
 *
 * <ul>
 *   <li>{@code tocsin.alerts.decided}, summed over outcomes, is the number of alerts read: {@code
 *       tocsin.alerts.accepted} of ingest, once all is decided
 *   <li>{@code tocsin.alerts.copies} are records that ingest wrote again, of alerts decided before:
 *       they are not among those read
 *   <li>{@code tocsin.alerts.decision.time} has one entry for each of them
 *   <li>{@code tocsin.incidents.opened} and {@code .reopened} less {@code
 *       tocsin.incidents.resolved} is how many are open
 *   <li>{@code tocsin.samples.judged} and {@code tocsin.samples.skipped} together are the samples
 *       read
 *   <li>{@code tocsin.forecasts.made} has one entry for each resource and day; {@code
 *       tocsin.forecasts.skipped} are samples of resources there was no room for
 *   <li>{@code tocsin.anomalies.detected} counts series that left their band, not their coming back
 *   <li>{@code tocsin.flow.anomalies} counts by kind what is unusual about the alerts that come,
 *       not its end; {@code tocsin.flow.passed.over} are alerts that could not be read for it
 * </ul>
 *
 * <p>They count work, not records: a transaction that was aborted and tried again counts twice. The
 * topics, and the accounting made from them, do not.
 */
final class DetectionMetrics implements PollListener {

  private final MeterRegistry meters;
  private final Timer decisionTime;

  // Looked up once: there is one for each sample.
  private final Counter judged;
  private final Counter offBand;

  DetectionMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.judged = meters.counter("tocsin.samples.judged");
    this.offBand = meters.counter("tocsin.anomalies.detected");
    this.decisionTime =
        Timer.builder("tocsin.alerts.decision.time")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofMinutes(1))
            .register(meters);
  }

  void decided(AlertOutcome outcome, Instant at) {
    count("tocsin.alerts.decided", "outcome", outcome.outcome(), "reason", outcome.reason());
    Duration taken = Duration.between(outcome.receivedAt(), at);
    decisionTime.record(taken.isNegative() ? Duration.ZERO : taken);
  }

  void copied() {
    meters.counter("tocsin.alerts.copies").increment();
  }

  void happened(IncidentEvent event) {
    switch (event) {
      case IncidentEvent.Opened e -> count("tocsin.incidents.opened", "severity", e.severity());
      case IncidentEvent.Reopened e ->
          count("tocsin.incidents.reopened", "severity", e.alert().severity());
      case IncidentEvent.Resolved e -> count("tocsin.incidents.resolved", "cause", e.cause());
      case IncidentEvent.Related _ -> meters.counter("tocsin.incidents.related").increment();
      default -> {}
    }
  }

  void judged(Judgement judgement) {
    if (judgement instanceof Judgement.Skipped skipped) {
      count("tocsin.samples.skipped", "reason", skipped.reason());
      return;
    }
    judged.increment();
    if (judgement instanceof Judgement.Judged sure && sure.turn() == Judgement.Turn.OFF_BAND) {
      offBand.increment();
    }
  }

  /** As many series are known as may be. */
  void noRoom() {
    meters.counter("tocsin.samples.skipped", "reason", "no_room").increment();
  }

  /** A value could not be judged, by a fault of ours. */
  void notJudged() {
    meters.counter("tocsin.samples.skipped", "reason", "fault").increment();
  }

  void forecast(Forecast.Status status) {
    count("tocsin.forecasts.made", "status", status);
  }

  /** As many resources are known as may be. */
  void noRoomForForecast() {
    meters.counter("tocsin.forecasts.skipped", "reason", "no_room").increment();
  }

  void found(Finding finding) {
    if (finding.begins()) {
      count("tocsin.flow.anomalies", "kind", finding.kind());
    }
  }

  void passedOver() {
    meters.counter("tocsin.flow.passed.over").increment();
  }

  @Override
  public void polled(String query, int samples) {
    meters.counter("tocsin.samples.polled", "query", query).increment(samples);
  }

  @Override
  public void failed(String query) {
    meters.counter("tocsin.polls.failed", "query", query).increment();
  }

  private void count(String name, String label, Enum<?> value) {
    meters.counter(name, label, word(value)).increment();
  }

  private void count(
      String name, String first, Enum<?> firstValue, String second, Enum<?> secondValue) {
    meters.counter(name, first, word(firstValue), second, word(secondValue)).increment();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
