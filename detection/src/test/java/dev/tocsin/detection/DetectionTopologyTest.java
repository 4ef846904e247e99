// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import static dev.tocsin.detection.incident.SampleAlerts.firing;
import static dev.tocsin.detection.incident.SampleAlerts.resolved;
import static dev.tocsin.testkit.alert.SampleAlerts.TEST_ALERT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.incident.SampleAlerts;
import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.beat.Beat;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.deadletter.DeadLetterHeaders;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import dev.tocsin.testkit.alert.AlertBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectionTopologyTest {

  @TempDir Path state;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Instant now = SampleAlerts.T0;
  private TopologyTestDriver driver;

  @BeforeEach
  void start() {
    driver =
        Driven.by(
            DetectionTopology.build(
                SmallSettings.of(DetectionSettings.standard()), 1, new DetectionMetrics(meters)),
            state,
            SampleAlerts.T0);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void topology_isAsCheckedIn() throws IOException {
    String described =
        DetectionTopology.build(DetectionSettings.standard(), 1, new DetectionMetrics(meters))
            .describe()
            .toString();
    assertThat(described).isEqualTo(Files.readString(Path.of("src/test/resources/topology.txt")));
  }

  @Test
  void alert_opensAnIncidentAndIsAccountedFor() {
    send(firing("a1"));
    send(firing("a2"));
    send(resolved("a3"));
    List<TestRecord<String, IncidentEvent>> events = read(Topics.INCIDENTS).readRecordsToList();
    assertThat(events)
        .extracting(r -> r.value().type())
        .containsExactly("opened", "alert-cleared", "resolved");
    assertThat(events).allMatch(r -> r.key().equals(r.value().incidentId()));
    List<AlertOutcome> outcomes = read(Topics.ALERT_OUTCOMES).readValuesToList();
    assertThat(outcomes).extracting(AlertOutcome::alertId).containsExactly("a1", "a2", "a3");
    assertThat(outcomes)
        .allMatch(o -> o.detail().length() > 10 && o.ruleVersion().startsWith("rules_"));
    assertThat(
            meters
                .counter("tocsin.alerts.decided", "outcome", "opened", "reason", "new_group")
                .count())
        .isEqualTo(1);
    assertThat(meters.timer("tocsin.alerts.decision.time").count()).isEqualTo(3);
  }

  @Test
  void alertWrittenTwice_isDecidedOnce() {
    send(firing("a1"));
    send(resolved("a2"));
    send(firing("a1"));
    send(resolved("a2"));
    assertThat(types()).containsExactly("opened", "alert-cleared", "resolved");
    assertThat(read(Topics.ALERT_OUTCOMES).readValuesToList())
        .extracting(AlertOutcome::alertId)
        .containsExactly("a1", "a2");
    assertThat(meters.counter("tocsin.alerts.copies").count()).isEqualTo(2);
  }

  /** Grafana's replicas, and ingest's: each message comes with a receipt of its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "f1 r1 f2 r2",
        "f1 F1 r1 R1 f2 F2 r2 R2",
        "f1 r1 F1 f2 R1 r2 F2 R2",
        "f1 r1 f2 r2 F1 R1 F2 R2",
        "F1 r1 f1 F1 R1 f2 r1 r2 F2 R2 f1"
      })
  void everythingTwice_changesNothing(String order) {
    int id = 0;
    for (String report : order.split(" ")) {
      int start = report.endsWith("1") ? 0 : 600;
      String alertId = "a" + id++;
      send(
          (report.toLowerCase(Locale.ROOT).startsWith("f") ? firing(alertId) : resolved(alertId))
              .startsAt(start));
    }
    assertThat(types())
        .containsExactly(
            "opened", "alert-cleared", "resolved", "reopened", "alert-cleared", "resolved");
    assertThat(read(Topics.ALERT_OUTCOMES).readValuesToList())
        .as("each is accounted for by itself")
        .hasSize(id);
  }

  @Test
  void decidedAlerts_areStoredForTheNextStart() {
    send(firing("a1"));
    send(firing("a2"));
    Shelf latest = new Shelf(driver.getKeyValueStore("incidents"), "latest");
    assertThat(latest.get("0")).asString().isEqualTo("0 a1");
    assertThat(latest.get("1")).asString().isEqualTo("1 a2");
  }

  @Test
  void beat_isPassedOn_accountedForAsATest_andNoIncident() {
    Alert beat =
        AlertBuilder.named("TestAlert")
            .label("instance", "Grafana")
            .label(Beat.LABEL, "2026-11-22T09:59:59Z")
            .kind(AlertKind.TEST)
            .firing(SampleAlerts.T0);
    send(Topics.ALERTS, beat.group(), beat);
    send(Topics.ALERTS, TEST_ALERT.group(), TEST_ALERT);
    assertThat(read(Topics.BEATS).readValuesToList())
        .singleElement()
        .satisfies(
            b -> {
              assertThat(b.id()).isEqualTo(beat.id());
              assertThat(b.sentAt()).isEqualTo("2026-11-22T09:59:59Z");
            });
    assertThat(read(Topics.ALERT_OUTCOMES).readValuesToList())
        .extracting(AlertOutcome::outcome)
        .containsOnly(AlertOutcome.Outcome.TEST);
    assertThat(types()).isEmpty();
  }

  @Test
  void incident_expiresByTheClock() {
    send(firing("a1"));
    pass(Duration.ofHours(23));
    assertThat(types()).containsExactly("opened");
    pass(Duration.ofHours(2));
    assertThat(types()).containsExactly("alert-cleared", "resolved");
    pass(Duration.ofHours(25));
    assertThat(remembered("groups")).isZero();
    assertThat(remembered("conditions")).isZero();
  }

  @Test
  void repeats_keepAnIncidentFromExpiring() {
    send(firing("a1"));
    for (int i = 2; i < 5; i++) {
      pass(Duration.ofHours(20));
      send(firing("a" + i));
    }
    assertThat(types()).containsExactly("opened");
    pass(Duration.ofHours(25));
    assertThat(types()).containsExactly("alert-cleared", "resolved");
  }

  @Test
  void command_changesItsIncidentAndIsAudited() {
    send(firing("a1"));
    String id = read(Topics.INCIDENTS).readValue().incidentId();
    send(
        Topics.COMMANDS,
        SampleAlerts.GROUP,
        new Command.Acknowledge("c1", id, SampleAlerts.GROUP, "ann", "console", now));
    send(
        Topics.COMMANDS,
        SampleAlerts.GROUP,
        new Command.Resolve("c2", "inc_other", SampleAlerts.GROUP, "ann", "console", now));
    send(
        Topics.COMMANDS,
        "jira/default",
        new Command.ReplayDelivery("c3", "jira/default", "dlv_1", "ann", "console", now));
    assertThat(types()).containsExactly("acknowledged");
    assertThat(read(Topics.AUDIT).readValuesToList())
        .extracting(AuditEntry::detail)
        .satisfiesExactly(
            done -> assertThat(done).isEqualTo("done"),
            ignored -> assertThat(ignored).startsWith("ignored"));
  }

  @Test
  void valuesOfAlerts_areJudgedAndAnAnomalyJoinsTheirIncident() {
    send(firing("a0"));
    for (int i = 1; i <= 300; i++) {
      send(firing("a" + i).startsWhenReceived(i * 60L).values(Map.of("B", 10.0 + i % 3)));
    }
    send(firing("last").startsWhenReceived(301 * 60L).values(Map.of("B", 500.0)));
    Anomaly anomaly = read(Topics.ANOMALIES).readValue();
    assertThat(anomaly.group()).isEqualTo(SampleAlerts.GROUP);
    assertThat(anomaly.value()).isEqualTo(500);
    assertThat(types()).containsExactly("opened", "anomaly-added");
    assertThat(meters.counter("tocsin.anomalies.detected").count()).isEqualTo(1);
    assertThat(meters.counter("tocsin.samples.judged").count()).isEqualTo(301);
  }

  @Test
  void watchedSeries_opensAnIncidentOfItsOwnAndEndsIt() {
    Map<String, String> labels = Map.of("service", "cart", "cluster", "b");
    for (int i = 0; i <= 320; i++) {
      double value = i >= 300 && i < 303 ? 900 : i % 2;
      Instant at = SampleAlerts.T0.plusSeconds(60L * i);
      send(
          Topics.SAMPLES,
          "s",
          new Sample("s", "errors", labels, at, value, "prometheus", null, null, null));
    }
    List<TestRecord<String, Anomaly>> anomalies = read(Topics.ANOMALIES).readRecordsToList();
    assertThat(anomalies).extracting(TestRecord::key).containsOnly("org=1,cluster=b,service=cart");
    assertThat(types())
        .containsExactly("opened", "anomaly-added", "anomaly-added", "alert-cleared", "resolved");
    assertThat(read(Topics.ALERT_OUTCOMES).isEmpty()).isTrue();
  }

  @Test
  void storm_speaksForTheIncidentsThatOpenInIt() {
    for (int i = 0; i < 10; i++) {
      send(firing("a" + i).group("org=1,service=s" + i));
    }
    List<IncidentEvent.Opened> opened = opened();
    assertThat(opened).hasSize(11);
    IncidentEvent.Opened storm =
        opened.stream().filter(o -> o.group().startsWith("storm/")).findFirst().orElseThrow();
    assertThat(storm.title()).isEqualTo("Storm: 7 incidents opened within a minute");
    assertThat(opened.stream().filter(o -> o.parent() != null))
        .hasSize(4)
        .allMatch(o -> storm.incidentId().equals(o.parent()));
    assertThat(read(Topics.ALERT_OUTCOMES).readValuesToList()).hasSize(10);
    for (int i = 0; i < 60; i++) {
      pass(Duration.ofSeconds(10));
    }
    // Four under it are open: its page stays until they are over.
    assertThat(types()).containsExactly("note-added");
    for (int i = 0; i < 10; i++) {
      send(resolved("r" + i).group("org=1,service=s" + i));
    }
    assertThat(read(Topics.INCIDENTS).readValuesToList())
        .filteredOn(event -> event instanceof IncidentEvent.Resolved)
        .hasSize(11)
        .last()
        .matches(event -> event.incidentId().equals(storm.incidentId()));
    send(firing("later").group("org=1,service=later"));
    assertThat(opened()).hasSize(1).allMatch(o -> o.parent() == null);
  }

  @Test
  void stormThatAPersonResolved_speaksForNobody() {
    for (int i = 0; i < 8; i++) {
      send(firing("a" + i).group("org=1,service=s" + i));
    }
    IncidentEvent.Opened storm =
        opened().stream().filter(o -> o.group().startsWith("storm/")).findFirst().orElseThrow();
    send(
        Topics.COMMANDS,
        storm.group(),
        new Command.Resolve("c", storm.incidentId(), storm.group(), "ann", "console", now));
    send(firing("b").group("org=1,service=b"));
    assertThat(opened()).hasSize(1).allMatch(o -> o.parent() == null);
  }

  @Test
  @Tag("bad-input-57-62")
  void undecidableAlert_isSetAsideWholeAndAccountedFor() {
    TestInputTopic<String, String> raw =
        driver.createInputTopic(
            Topics.ALERTS.name(), new StringSerializer(), new StringSerializer());
    raw.pipeInput("g", "{\"id\":\"poison\",\"status\":\"FIRING\"}");
    raw.pipeInput("g", "{}");
    send(firing("a1"));
    List<TestRecord<byte[], byte[]>> letters =
        driver
            .createOutputTopic(
                Topics.deadLetters("detection"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())
            .readRecordsToList();
    assertThat(letters).hasSize(2);
    assertThat(new String(letters.getFirst().value(), StandardCharsets.UTF_8)).contains("poison");
    assertThat(letters.getFirst().headers().lastHeader(DeadLetterHeaders.ORIGIN).value())
        .isEqualTo(Topics.ALERTS.name().getBytes(StandardCharsets.UTF_8));
    assertThat(read(Topics.ALERT_OUTCOMES).readValuesToList())
        .extracting(o -> o.alertId() + " " + o.reason())
        .containsExactly("poison UNDECIDABLE", "a1 NEW_GROUP");
    assertThat(types()).containsExactly("opened");
  }

  @Test
  void undecidableSample_isSetAside() {
    TestInputTopic<String, String> raw =
        driver.createInputTopic(
            Topics.SAMPLES.name(), new StringSerializer(), new StringSerializer());
    raw.pipeInput("s", "{\"series\":\"s\"}");
    assertThat(
            driver
                .createOutputTopic(
                    Topics.deadLetters("detection"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())
                .readRecordsToList())
        .hasSize(1);
  }

  @Test
  void groupOfManyAlerts_staysSmallAndForgetsTheOldestEnded() {
    for (int i = 0; i < 11; i++) {
      send(firing("f" + i).of("fp" + i));
      send(resolved("r" + i).of("fp" + i));
    }
    assertThat(remembered("conditions")).isBetween(4, 8);
    send(firing("late").of("fp10"));
    assertThat(read(Topics.ALERT_OUTCOMES).readValuesToList().getLast().reason())
        .isEqualTo(AlertOutcome.Reason.LATE_REPORT);
  }

  private int remembered(String shelf) {
    AtomicInteger count = new AtomicInteger();
    new Shelf(driver.getKeyValueStore("incidents"), shelf)
        .forEach("", (_, _) -> count.incrementAndGet());
    return count.get();
  }

  private void send(SampleAlerts sample) {
    Alert alert = sample.alert();
    send(Topics.ALERTS, alert.group(), alert);
  }

  private <V> void send(Topic<V> topic, String key, V value) {
    Driven.in(driver, topic).pipeInput(key, value, now);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
  }

  private <V> TestOutputTopic<String, V> read(Topic<V> topic) {
    return Driven.out(driver, topic);
  }

  private List<String> types() {
    return read(Topics.INCIDENTS).readValuesToList().stream().map(IncidentEvent::type).toList();
  }

  private List<IncidentEvent.Opened> opened() {
    return read(Topics.INCIDENTS).readValuesToList().stream()
        .filter(IncidentEvent.Opened.class::isInstance)
        .map(IncidentEvent.Opened.class::cast)
        .toList();
  }
}
