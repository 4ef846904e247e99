// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow;

import static dev.tocsin.workflow.Samples.CONTEXT;
import static dev.tocsin.workflow.Samples.INCIDENT;
import static dev.tocsin.workflow.Samples.SLOW;
import static dev.tocsin.workflow.Samples.opened;
import static dev.tocsin.workflow.Samples.resolved;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.kafka.store.Shelf;
import dev.tocsin.schemas.beat.Beat;
import dev.tocsin.schemas.deadletter.DeadLetterHeaders;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.step.Step;
import dev.tocsin.schemas.step.StepResult;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import dev.tocsin.workflow.playbook.Conditions;
import dev.tocsin.workflow.playbook.Playbooks;
import dev.tocsin.workflow.run.Decider;
import dev.tocsin.workflow.step.StepCatalog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowTopologyTest {

  private static final StepCatalog CATALOG =
      StepCatalog.of(Duration.ofSeconds(10), "http://localhost:8081");
  private static final Decider DECIDER =
      new Decider(Playbooks.load(null, CATALOG, new Conditions()), CATALOG);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  @TempDir private Path state;
  private TopologyTestDriver driver;
  private TestInputTopic<String, IncidentEvent> incidents;
  private TestInputTopic<String, StepResult> results;
  private TestInputTopic<String, Setting> settings;
  private TestOutputTopic<String, Notification> notifications;
  private TestOutputTopic<String, Step> steps;
  private TestOutputTopic<String, Run> runs;
  private TestOutputTopic<byte[], byte[]> deadLetters;

  @BeforeEach
  void start() {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "tocsin-workflow");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    driver = new TopologyTestDriver(topology(), config, Samples.T0);
    incidents = input(Topics.INCIDENTS);
    results = input(Topics.STEP_RESULTS);
    settings = input(Topics.SETTINGS);
    notifications = output(Topics.NOTIFICATIONS);
    steps = output(Topics.STEPS);
    runs = output(Topics.RUNS);
    deadLetters =
        driver.createOutputTopic(
            Topics.deadLetters("workflow"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void graph_isTheOneCheckedIn() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("/topology.txt")) {
      assertThat(topology().describe().toString().strip())
          .isEqualTo(new String(golden.readAllBytes(), UTF_8).strip());
    }
  }

  @Test
  void beat_isPassedOnToBeDelivered_andIsNoIncident() {
    Beat beat = new Beat("rcpt-0", "g", Samples.T0, Samples.T0.plusMillis(9));
    input(Topics.BEATS).pipeInput("g", beat, Samples.T0.plusMillis(20));
    Notification planned = notifications.readValue();
    assertThat(planned.endpoint()).isEqualTo(Beat.ENDPOINT);
    assertThat(planned.plannedAt()).isEqualTo(Samples.T0.plusMillis(20));
    assertThat(((Content.Event) planned.content()).body()).isEqualTo(Samples.T0.toString());
    assertThat(notifications.isEmpty()).isTrue();
    assertThat(runs.isEmpty()).isTrue();
  }

  @Test
  void opened_pagesAndOpensATicket() {
    incidents.pipeInput(INCIDENT, opened(SLOW), Samples.T0);

    List<TestRecord<String, Notification>> told = notifications.readRecordsToList();
    assertThat(told)
        .extracting(TestRecord::key)
        .containsExactly("pagerduty/default", "jira/default");
    assertThat(text(told.getFirst(), "ce_type")).isEqualTo("dev.tocsin.notification.page");
    assertThat(steps.readRecord().key()).isEqualTo(INCIDENT);
    assertThat(runs.readRecord().value().status()).isEqualTo(Run.Status.RUNNING);
    assertThat(meters.counter("tocsin.runs.started", "playbook", "default").count()).isEqualTo(1);
  }

  @Test
  void page_waitsForAModelUntilTheDeadline() {
    settings.pipeInput("model/default", new Setting.Model("default", "gpt-x", Samples.T0));
    incidents.pipeInput(INCIDENT, opened(SLOW), Samples.T0);
    assertThat(notifications.isEmpty()).isTrue();

    driver.advanceWallClockTime(Duration.ofSeconds(9));
    assertThat(notifications.isEmpty()).isTrue();
    driver.advanceWallClockTime(Duration.ofSeconds(2));
    assertThat(kinds()).containsExactly("page", "ticket");

    results.pipeInput(INCIDENT, answer(steps.readValue()), Samples.T0.plusSeconds(20));
    assertThat(kinds()).containsExactly("page-note", "ticket-comment");
    assertThat(meters.counter("tocsin.context.late").count()).isEqualTo(1);
  }

  @Test
  void context_inTimeGoesOutWithThePage() {
    settings.pipeInput("model/default", new Setting.Model("default", "gpt-x", Samples.T0));
    incidents.pipeInput(INCIDENT, opened(SLOW), Samples.T0);

    results.pipeInput(INCIDENT, answer(steps.readValue()), Samples.T0.plusSeconds(4));

    assertThat(kinds()).containsExactly("page", "ticket");
    driver.advanceWallClockTime(Duration.ofSeconds(20));
    assertThat(notifications.isEmpty()).isTrue();
  }

  @Test
  void model_takenBackIsNotWaitedFor() {
    settings.pipeInput("model/default", new Setting.Model("default", "gpt-x", Samples.T0));
    settings.pipeInput("model/default", (Setting) null);

    incidents.pipeInput(INCIDENT, opened(SLOW), Samples.T0);

    assertThat(kinds()).containsExactly("page", "ticket");
  }

  @Test
  void resolved_isForgottenInTime() {
    incidents.pipeInput(INCIDENT, opened(SLOW), Samples.T0);
    incidents.pipeInput(INCIDENT, resolved(1), Samples.T0.plusSeconds(300));
    assertThat(remembered(INCIDENT)).isNotNull();

    for (int hour = 0; hour < 27; hour++) {
      driver.advanceWallClockTime(Duration.ofHours(1));
    }

    assertThat(remembered(INCIDENT)).isNull();
  }

  @Test
  void event_thatCannotBeDecidedIsSetAsideWhole() {
    IncidentEvent.Opened broken =
        new IncidentEvent.Opened(
            "inc_broken", Samples.T0, 1, "g", java.util.Map.of(), "t", null, SLOW, null);

    incidents.pipeInput("inc_broken", broken, Samples.T0);
    incidents.pipeInput(INCIDENT, opened(SLOW), Samples.T0);

    TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
    assertThat(new String(letter.key(), UTF_8)).isEqualTo("inc_broken");
    assertThat(new String(letter.value(), UTF_8)).contains("\"type\":\"opened\"");
    assertThat(text(letter, DeadLetterHeaders.ORIGIN)).isEqualTo(Topics.INCIDENTS.name());
    assertThat(remembered("inc_broken")).isNull();
    assertThat(kinds()).containsExactly("page", "ticket");
  }

  private byte @Nullable [] remembered(String incident) {
    KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore(RespondProcessor.STORE);
    return new Shelf(store, "runs").get(incident);
  }

  private Topology topology() {
    return WorkflowTopology.of(DECIDER, new WorkflowMetrics(meters));
  }

  private List<String> kinds() {
    return notifications.readValuesToList().stream().map(n -> n.content().kind()).toList();
  }

  private static StepResult answer(Step step) {
    return new StepResult(
        step.id(),
        step.runId(),
        step.incidentId(),
        step.kind(),
        step.attempt(),
        StepResult.Outcome.DONE,
        CONTEXT,
        "",
        CONTEXT.at());
  }

  private static String text(TestRecord<?, ?> record, String header) {
    return new String(record.headers().lastHeader(header).value(), UTF_8);
  }

  private <V> TestInputTopic<String, V> input(Topic<V> topic) {
    return driver.createInputTopic(
        topic.name(), topic.keySerde().serializer(), topic.valueSerde().serializer());
  }

  private <V> TestOutputTopic<String, V> output(Topic<V> topic) {
    return driver.createOutputTopic(
        topic.name(), topic.keySerde().deserializer(), topic.valueSerde().deserializer());
  }
}
