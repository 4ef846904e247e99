// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.anomaly.Findings;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Judges each sample by what is remembered of its series, and remembers it. */
final class SampleJudge {

  static final Duration FORGET_EVERY = Duration.ofSeconds(1);

  private final SeriesStores series;
  private final Findings findings;
  private final DetectionMetrics metrics;

  SampleJudge(SeriesStores series, DetectionSettings settings, DetectionMetrics metrics) {
    this.series = series;
    this.findings = new Findings(settings.groupRule(), settings.org(), settings.anomaly());
    this.metrics = metrics;
  }

  /** Time has passed. */
  void forget(Instant now) {
    series.forget(now);
  }

  /**
   * What is to be reported of it.
   *
   * @throws RuntimeException when it cannot be judged; then nothing was written
   */
  Optional<Anomaly> judge(Sample sample, Instant now) {
    if (!series.hasRoomFor(sample.series())) {
      metrics.noRoom();
      return Optional.empty();
    }
    SeriesStores.Judged judged = series.judge(sample);
    Optional<Anomaly> found = findings.of(sample, judged.judgement());
    series.keep(judged, now);
    metrics.judged(judged.judgement());
    return found;
  }
}
