// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.incident.SampleAlerts;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Histories that every version decides alike. A file holds the inputs, as lines that begin with
 * {@code >}, and after each what was decided; {@code .incidents.jsonl} beside it holds the incident
 * events whole, which are the inputs of the histories of responses.
 *
 * <p>Where a version is meant to decide otherwise, the files change in its commit, which says why:
 * {@code mvn test -pl detection -Dtest=HistoryTest -Dtocsin.update-histories=true}.
 */
class HistoryTest {

  private static final Path HISTORIES = Path.of("src/test/resources/history");
  private static final int LONGEST = 200;

  @TempDir Path state;
  private final Map<String, Instant> starts = new HashMap<>();
  private final Map<String, String> incidents = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private Instant now = SampleAlerts.T0;
  private TopologyTestDriver driver;
  private int inputs;

  @BeforeEach
  void start() {
    driver =
        Driven.by(
            DetectionTopology.build(
                DetectionSettings.standard(), 1, new DetectionMetrics(new SimpleMeterRegistry())),
            state,
            now);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"outage", "burst", "flapping", "silences"})
  void history_isDecidedAsBefore(String name) throws IOException {
    Path story = HISTORIES.resolve(name + ".txt");
    Path whole = HISTORIES.resolve(name + ".incidents.jsonl");
    List<String> recorded = Files.readAllLines(story);

    recorded.stream().filter(line -> line.startsWith("> ")).forEach(this::play);

    if (Boolean.getBoolean("tocsin.update-histories")) {
      Files.write(story, told);
      Files.write(whole, events);
    }
    assertThat(told).hasSizeBetween(10, LONGEST).isEqualTo(Files.readAllLines(story));
    assertThat(trees(events)).isEqualTo(trees(Files.readAllLines(whole)));
  }

  /** Labels have no order. */
  private static List<JsonNode> trees(List<String> lines) {
    return lines.stream().map(Json.MAPPER::readTree).toList();
  }

  /** As {@code > +30s firing checkout a ERROR}. */
  private void play(String line) {
    told.add(line);
    String[] words = line.substring(2).split(" ");
    pass(Duration.parse("PT" + words[0].substring(1)));
    switch (words[1]) {
      case "firing" -> {
        starts.put(words[2] + words[3], now);
        alert(AlertStatus.FIRING, words[2], words[3], words[4]);
      }
      case "again" -> alert(AlertStatus.FIRING, words[2], words[3], words[4]);
      case "resolved" -> alert(AlertStatus.RESOLVED, words[2], words[3], words[4]);
      case "silence" -> silence(words[2], Duration.parse("PT" + words[3]));
      case "acknowledge" ->
          send(
              Topics.COMMANDS,
              group(words[2]),
              new Command.Acknowledge(
                  "cmd" + inputs++, incident(words[2]), group(words[2]), "ann", "console", now));
      case "resolve" ->
          send(
              Topics.COMMANDS,
              group(words[2]),
              new Command.Resolve(
                  "cmd" + inputs++, incident(words[2]), group(words[2]), "ann", "console", now));
      case "wait" -> {}
      default -> throw new IllegalArgumentException(line);
    }
    tell();
  }

  private void alert(AlertStatus status, String service, String fingerprint, String severity) {
    Alert alert =
        (status == AlertStatus.FIRING
                ? SampleAlerts.firing("alt" + inputs++)
                : SampleAlerts.resolved("alt" + inputs++))
            .of(fingerprint)
            .severity(Severity.valueOf(severity))
            .times(
                starts.get(service + fingerprint), status == AlertStatus.FIRING ? null : now, now)
            .group(group(service))
            .labels(Map.of("alertname", "Down", "cluster", "a", "service", service))
            .alert();
    send(Topics.ALERTS, alert.group(), alert);
  }

  private void silence(String service, Duration time) {
    Setting silence =
        new Setting.Silence(
            "sil_" + service,
            1,
            List.of(new Setting.Matcher("service", "=", service)),
            now,
            now.plus(time),
            null,
            "a restart",
            "ann",
            now,
            null,
            null);
    send(Topics.SETTINGS, silence.key(), silence);
  }

  private static String group(String service) {
    return "org=1,cluster=a,service=" + service;
  }

  private String incident(String service) {
    return incidents.getOrDefault(group(service), "inc_unknown");
  }

  /** Turn by turn, as a clock does: each takes a bounded number of conditions. */
  private void pass(Duration time) {
    Duration turn = time.compareTo(Duration.ofMinutes(5)) > 0 ? time.dividedBy(60) : time;
    for (Instant end = now.plus(time); now.isBefore(end); now = now.plus(turn)) {
      driver.advanceWallClockTime(turn);
    }
    tell();
  }

  private void tell() {
    for (IncidentEvent event : read(Topics.INCIDENTS)) {
      if (event instanceof IncidentEvent.Opened opened) {
        incidents.put(opened.group(), opened.incidentId());
      }
      String json = Json.MAPPER.writeValueAsString(event);
      events.add(json);
      told.add(
          "  %s %s epoch %d at %s"
              .formatted(event.type(), event.incidentId(), event.epoch(), event.at()));
    }
    for (AlertOutcome o : read(Topics.ALERT_OUTCOMES)) {
      told.add(
          "  %s: %s, %s, %s"
              .formatted(o.alertId(), o.outcome(), o.reason(), String.valueOf(o.incidentId())));
    }
    for (AuditEntry a : read(Topics.AUDIT)) {
      told.add("  audit: %s %s %s".formatted(a.actor(), a.action(), a.target()));
    }
  }

  private <V> void send(Topic<V> topic, String key, V value) {
    Driven.in(driver, topic).pipeInput(key, value, now);
  }

  private <V> List<V> read(Topic<V> topic) {
    return Driven.out(driver, topic).readValuesToList();
  }
}
