// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import static dev.tocsin.detection.incident.SampleAlerts.firing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.incident.SampleAlerts;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that are well-formed and should not be believed. */
class BadRecordTest {

  @TempDir Path state;
  private TopologyTestDriver driver;

  @BeforeEach
  void start() {
    driver =
        Driven.by(
            DetectionTopology.build(
                SmallSettings.of(DetectionSettings.standard()),
                1,
                new DetectionMetrics(new SimpleMeterRegistry())),
            state,
            SampleAlerts.T0);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  @Tag("bad-input-61")
  void recordOfAnotherCentury_movesNoClock() {
    send(firing("a1"), Instant.parse("2262-01-01T00:00:00Z"));
    send(firing("a2").of("fp2"), SampleAlerts.T0);
    send(firing("a3").of("fp3"), SampleAlerts.T0);
    driver.advanceWallClockTime(Duration.ofHours(1));

    assertThat(outcomes())
        .extracting(AlertOutcome::outcome)
        .containsExactly(
            AlertOutcome.Outcome.OPENED, AlertOutcome.Outcome.JOINED, AlertOutcome.Outcome.JOINED);
    assertThat(types()).containsExactly("opened", "alert-added", "alert-added");
    driver.advanceWallClockTime(Duration.ofHours(24));
    assertThat(types())
        .as("all expire, the first too")
        .containsExactly("alert-cleared", "alert-cleared", "alert-cleared", "resolved");
  }

  @Test
  @Tag("bad-input-64")
  void commandForAnIncidentThatIsNot_changesNothingAndIsAudited() {
    Command command =
        new Command.Resolve(
            "c1", "inc_never", SampleAlerts.GROUP, "mallory", "console", SampleAlerts.T0);
    driver
        .createInputTopic(
            Topics.COMMANDS.name(),
            new StringSerializer(),
            Topics.COMMANDS.valueSerde().serializer())
        .pipeInput(SampleAlerts.GROUP, command, SampleAlerts.T0);

    assertThat(types()).isEmpty();
    assertThat(read(Topics.AUDIT))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo("mallory");
              assertThat(entry.target()).contains("inc_never");
              assertThat(entry.detail()).startsWith("ignored");
            });
  }

  private void send(SampleAlerts sample, Instant at) {
    Alert alert = sample.alert();
    Driven.in(driver, Topics.ALERTS).pipeInput(alert.group(), alert, at);
  }

  private List<String> types() {
    return read(Topics.INCIDENTS).stream().map(IncidentEvent::type).toList();
  }

  private List<AlertOutcome> outcomes() {
    return read(Topics.ALERT_OUTCOMES);
  }

  private <V> List<V> read(Topic<V> topic) {
    return Driven.out(driver, topic).readValuesToList();
  }
}
