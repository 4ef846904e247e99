// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Series of one service that move together, from samples to the incident. */
class AlongsideTopologyTest {

  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Map<String, String> CART = Map.of("service", "cart");

  @TempDir Path directory;

  @Test
  void incident_saysWhichOtherSeriesOfItsServiceMoved_andTheSameWhenReadAgain() {
    List<Anomaly> told = told("first");

    assertThat(told).extracting(Anomaly::series).startsWith("e").endsWith("l");
    assertThat(told.getFirst().alongside()).isNull();
    assertThat(told.getLast().alongside())
        .extracting(Anomaly.Alongside::series, Anomaly.Alongside::startedAt)
        .containsExactly(tuple("e", START.plusSeconds(300 * 60)));
    assertThat(told.getLast().explanation())
        .endsWith("; of the same service also moved: errors (up, 4 min before)");
    assertThat(told("again")).isEqualTo(told);
  }

  private List<Anomaly> told(String state) {
    try (TopologyTestDriver driver =
        Driven.by(
            DetectionTopology.build(
                SmallSettings.of(DetectionSettings.standard()),
                1,
                new DetectionMetrics(new SimpleMeterRegistry())),
            directory.resolve(state),
            START)) {
      TestInputTopic<String, Sample> samples = Driven.in(driver, Topics.SAMPLES);
      for (int i = 0; i <= 320; i++) {
        samples.pipeInput("e", sample("e", "errors", CART, i, i >= 300 ? 900 : i % 2));
        samples.pipeInput("l", sample("l", "latency", CART, i, i >= 304 ? -900 : i % 3));
        samples.pipeInput("o", sample("o", "other", Map.of("service", "till"), i, i % 2));
      }
      return Driven.out(driver, Topics.INCIDENTS).readValuesToList().stream()
          .filter(IncidentEvent.AnomalyAdded.class::isInstance)
          .map(event -> ((IncidentEvent.AnomalyAdded) event).anomaly())
          .filter(anomaly -> anomaly.status() == Anomaly.Status.OFF_BAND)
          .toList();
    }
  }

  private static Sample sample(
      String id, String name, Map<String, String> labels, int minute, double value) {
    return new Sample(
        id, name, labels, START.plusSeconds(60L * minute), value, "test", null, null, null);
  }
}
