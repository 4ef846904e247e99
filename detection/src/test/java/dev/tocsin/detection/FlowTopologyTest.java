// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import static dev.tocsin.detection.incident.SampleAlerts.firing;
import static dev.tocsin.detection.incident.SampleAlerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.incident.SampleAlerts;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowTopologyTest {

  @TempDir Path state;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Instant now = SampleAlerts.T0;
  private TopologyTestDriver driver;
  private TestOutputTopic<String, Anomaly> anomalies;

  @BeforeEach
  void start() {
    StreamsBuilder builder = new StreamsBuilder();
    FlowTopology.addTo(builder, 3, new DetectionMetrics(meters));
    driver = Driven.by(builder.build(), state, SampleAlerts.T0);
    anomalies = Driven.out(driver, Topics.ANOMALIES);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void stormOfEverything_isToldOnEachPartition() {
    for (int hour = 0; hour < 26; hour++) {
      send(firing("f" + hour));
      pass(Duration.ofMinutes(10));
      send(resolved("r" + hour));
      pass(Duration.ofMinutes(50));
    }
    anomalies.readRecordsToList();
    for (int i = 0; i < 70; i++) {
      send(firing("s" + i).of("fp" + i).group("org=1,service=s" + i));
      pass(Duration.ofSeconds(2));
    }
    List<TestRecord<String, Anomaly>> storms =
        anomalies.readRecordsToList().stream()
            .filter(r -> r.value().kind() == Anomaly.Kind.STORM)
            .toList();
    assertThat(storms).hasSize(3).allMatch(r -> r.key().equals(r.value().group()));
    assertThat(storms).extracting(r -> r.value().id()).containsOnly(storms.getFirst().value().id());
    assertThat(storms.getFirst().value().explanation()).contains("alerts in 5 minutes");
    assertThat(meters.counter("tocsin.flow.anomalies", "kind", "storm").count()).isEqualTo(1);
  }

  @Test
  void silence_isJudgedByTheMachinesTimeOnceNothingComes() {
    for (int i = 0; i < 40; i++) {
      send(firing("f" + i));
      pass(Duration.ofMinutes(5));
    }
    assertThat(anomalies.readRecordsToList()).isEmpty();
    driver.advanceWallClockTime(Duration.ofMinutes(2));
    assertThat(anomalies.readRecordsToList()).isEmpty();
    for (int i = 0; i < 30; i++) {
      now = now.plusSeconds(60);
      driver.advanceWallClockTime(Duration.ofMinutes(1));
    }
    assertThat(anomalies.readValuesToList())
        .extracting(Anomaly::kind)
        .containsExactly(Anomaly.Kind.MISSING_HEARTBEAT);
  }

  @Test
  void unreadableAlert_isPassedOverAndCounted() {
    TestInputTopic<String, String> raw =
        driver.createInputTopic(
            Topics.ALERTS.name(), new StringSerializer(), new StringSerializer());
    raw.pipeInput("g", "{\"id\":\"poison\",\"status\":\"FIRING\"}", now);
    raw.pipeInput("g", "not json", now);
    send(firing("a"));
    assertThat(meters.counter("tocsin.flow.passed.over").count()).isEqualTo(2);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  private void send(SampleAlerts sample) {
    Alert alert = sample.alert();
    driver
        .createInputTopic(
            Topics.ALERTS.name(),
            Topics.ALERTS.keySerde().serializer(),
            Topics.ALERTS.valueSerde().serializer())
        .pipeInput(alert.group(), alert, now);
  }
}
