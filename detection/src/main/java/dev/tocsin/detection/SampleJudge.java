// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.anomaly.Detector;
import dev.tocsin.detection.anomaly.Findings;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Judges each sample by what is remembered of its series, and remembers it. */
final class SampleJudge {

  private static final Duration FORGET_EVERY = Duration.ofSeconds(1);

  private final SeriesMemory series;
  private final Findings findings;
  private final DetectionMetrics metrics;

  /**
   * @param store of the processor, in which series are remembered
   */
  SampleJudge(
      ProcessorContext<?, ?> context,
      String store,
      DetectionSettings settings,
      DetectionMetrics metrics) {
    this.series =
        new SeriesMemory(
            context.getStateStore(store),
            new Detector(settings.anomaly().threshold()),
            settings.anomaly().series());
    context.schedule(
        FORGET_EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        millis -> series.forget(Instant.ofEpochMilli(millis)));
    this.findings = new Findings(settings.groupRule(), settings.org(), settings.anomaly());
    this.metrics = metrics;
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
    SeriesMemory.Judged judged = series.judge(sample);
    Optional<Anomaly> found = findings.of(sample, judged.judgement());
    series.keep(judged, now);
    metrics.judged(judged.judgement());
    return found;
  }
}
