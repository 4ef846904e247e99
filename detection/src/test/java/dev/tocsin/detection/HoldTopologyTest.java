// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import static dev.tocsin.detection.incident.SampleAlerts.firing;
import static dev.tocsin.detection.incident.SampleAlerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.incident.SampleAlerts;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.alert.AlertOutcome.Reason;
import dev.tocsin.schemas.alert.HeldBy;
import dev.tocsin.schemas.hold.Inhibitor;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Silences, inhibition rules and inhibitors reach the decisions, and let go of what they held. */
class HoldTopologyTest {

  private static final String NODE = "org=1,node=n1";
  private static final Map<String, String> NODE_DOWN =
      Map.of("alertname", "NodeDown", "node", "n1", "severity", "critical");
  private static final Map<String, String> POD_DOWN =
      Map.of("alertname", "PodDown", "node", "n1", "severity", "warning");

  @TempDir Path state;
  private Instant now = SampleAlerts.T0;
  private TopologyTestDriver driver;

  @BeforeEach
  void start() {
    driver =
        Driven.by(
            DetectionTopology.build(
                DetectionSettings.standard(), 1, new DetectionMetrics(new SimpleMeterRegistry())),
            state,
            SampleAlerts.T0);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void silencedAlert_isAccountedForWithItsSilence_andOpensWhenThatEnds() {
    set(silence(1, null));
    send(firing("a1"));
    AlertOutcome outcome = outcomes().getFirst();
    assertThat(outcome.outcome()).isEqualTo(AlertOutcome.Outcome.HELD_BACK);
    assertThat(outcome.reason()).isEqualTo(Reason.SILENCED);
    assertThat(outcome.incidentId()).isNull();
    assertThat(outcome.detail())
        .isEqualTo(
            "Held back by silence sil_1 (version 1, by ann, until 2026-11-22T11:00:00Z): a"
                + " restart");
    assertThat(outcome.heldBy())
        .containsExactly(
            new HeldBy(
                HeldBy.Kind.SILENCE,
                "sil_1",
                1,
                "a restart",
                "ann",
                SampleAlerts.T0.plusSeconds(3600),
                null));
    pass(Duration.ofMinutes(59));
    assertThat(types()).isEmpty();
    pass(Duration.ofMinutes(2));
    assertThat(types()).containsExactly("opened", "note-added");
    pass(Duration.ofMinutes(5));
    assertThat(types()).isEmpty();
    assertThat(outcomes()).isEmpty();
  }

  @Test
  void silenceThatSomebodyEnds_letsGoAtOnce() {
    set(silence(1, null));
    for (int i = 0; i < 300; i++) {
      send(firing("a" + i).of("fp" + i));
    }
    pass(Duration.ofMinutes(1));
    assertThat(types()).isEmpty();
    set(silence(2, now));
    // A round takes a few turns, so that nobody waits behind it.
    pass(Duration.ofSeconds(1));
    assertThat(types()).hasSize(301).startsWith("opened", "note-added", "alert-added");
  }

  @Test
  void silenceThatIsTakenBack_orThatCannotBeRead_holdsNothing() {
    set(silence(1, null));
    driver
        .createInputTopic(Topics.SETTINGS.name(), new StringSerializer(), new StringSerializer())
        .pipeInput("silence/sil_1", "{not json", now);
    send(firing("a1"));
    assertThat(outcomes().getFirst().reason()).isEqualTo(Reason.NEW_GROUP);

    set(silence(1, null));
    send(Topics.SETTINGS, "silence/sil_1", null);
    send(firing("b1").group("g2"));
    assertThat(outcomes().getFirst().reason()).isEqualTo(Reason.NEW_GROUP);
  }

  @Test
  void whatResolvesWhileSilenced_resolvesItsIncident() {
    send(firing("a1"));
    set(silence(1, null));
    send(resolved("a2"));
    assertThat(types()).containsExactly("opened", "alert-cleared", "resolved");
  }

  @Test
  void firingAlert_inhibitsThoseOfItsRule_andLetsGoAMinuteAfterItsEnd() {
    set(nodeDownInhibits(1));
    send(firing("n1").of("node").group(NODE).labels(NODE_DOWN));
    send(firing("p1").of("pod").labels(POD_DOWN));
    send(firing("p2").of("pod2").group("g2").labels(Map.of("node", "n2", "severity", "warning")));
    List<AlertOutcome> outcomes = outcomes();
    assertThat(outcomes)
        .extracting(AlertOutcome::reason)
        .containsExactly(Reason.NEW_GROUP, Reason.INHIBITED, Reason.NEW_GROUP);
    HeldBy by = outcomes.get(1).heldBy().getFirst();
    assertThat(by.id() + "@" + by.version() + " by " + by.inhibitor()).isEqualTo("inh_1@1 by n1");
    assertThat(types()).containsExactly("opened", "opened");

    send(resolved("n2").of("node").group(NODE).labels(NODE_DOWN));
    assertThat(types()).containsExactly("alert-cleared", "resolved");
    pass(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(58));
    assertThat(types()).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(types()).containsExactly("opened", "note-added");
  }

  @Test
  void inhibitors_areToldOnce_andTakenBack() {
    send(firing("n0").of("node").group(NODE).labels(NODE_DOWN));
    assertThat(inhibitors()).isEmpty();
    set(nodeDownInhibits(1));
    send(firing("n1").of("node").group(NODE).labels(NODE_DOWN));
    send(firing("n2").of("node").group(NODE).labels(NODE_DOWN));
    List<KeyValue<String, Inhibitor>> told = inhibitors();
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().value.alertId()).isEqualTo("n1");
    pass(Duration.ofHours(13));
    send(firing("n3").of("node").group(NODE).labels(NODE_DOWN));
    assertThat(inhibitors()).hasSize(1).allMatch(i -> i.key.equals(told.getFirst().key));
    // Its source says nothing more of it.
    pass(Duration.ofHours(25));
    assertThat(inhibitors()).containsExactly(new KeyValue<>(told.getFirst().key, null));
  }

  @Test
  void inhibitorThatNobodyTookBack_isBelievedForADayOnly() {
    set(nodeDownInhibits(1));
    send(
        Topics.INHIBITORS,
        "orphan",
        new Inhibitor("n0", "Node down", NODE_DOWN, now, now.plus(Duration.ofHours(24))));
    send(firing("p1").of("pod").labels(POD_DOWN));
    assertThat(outcomes().getFirst().reason()).isEqualTo(Reason.INHIBITED);
    pass(Duration.ofHours(25));
    send(firing("p2").of("pod").startsAt(1000).labels(POD_DOWN));
    assertThat(outcomes().getFirst().outcome()).isEqualTo(AlertOutcome.Outcome.OPENED);
  }

  @Test
  void silencedAlert_stillInhibits_andARuleThatIsGoneDoesNot() {
    set(nodeDownInhibits(1));
    set(silence(1, null));
    send(firing("n1").of("node").group(NODE).labels(NODE_DOWN));
    send(firing("p1").of("pod").labels(POD_DOWN));
    assertThat(outcomes())
        .extracting(AlertOutcome::reason)
        .containsExactly(Reason.NEW_GROUP, Reason.INHIBITED);
    Setting.Silence ofNodes =
        new Setting.Silence(
            "sil_2",
            1,
            List.of(new Setting.Matcher("node", "=~", "n.")),
            SampleAlerts.T0,
            SampleAlerts.T0.plusSeconds(3600),
            null,
            "moving",
            "ann",
            SampleAlerts.T0,
            null,
            null);
    set(ofNodes);
    send(firing("m1").of("node3").group("g3").labels(with(NODE_DOWN, "node", "n3")));
    send(firing("q1").of("pod3").group("g4").labels(with(POD_DOWN, "node", "n3")));
    List<AlertOutcome> held = outcomes();
    assertThat(held.get(0).reason()).isEqualTo(Reason.SILENCED);
    assertThat(held.get(1).heldBy())
        .extracting(HeldBy::kind)
        .containsExactly(HeldBy.Kind.SILENCE, HeldBy.Kind.INHIBITION);
    send(Topics.SETTINGS, ofNodes.key(), null);
    send(Topics.SETTINGS, "inhibition/inh_1", null);
    pass(Duration.ofMinutes(2));
    assertThat(types()).filteredOn("opened"::equals).hasSize(4);
  }

  private static Map<String, String> with(Map<String, String> labels, String name, String value) {
    Map<String, String> changed = new java.util.HashMap<>(labels);
    changed.put(name, value);
    return changed;
  }

  private static Setting.Silence silence(int version, @Nullable Instant expiredAt) {
    return new Setting.Silence(
        "sil_1",
        version,
        List.of(new Setting.Matcher("service", "=~", "check.*")),
        SampleAlerts.T0,
        SampleAlerts.T0.plusSeconds(3600),
        null,
        "a restart",
        "ann",
        SampleAlerts.T0,
        expiredAt,
        null);
  }

  private static Setting.Inhibition nodeDownInhibits(int version) {
    return new Setting.Inhibition(
        "inh_1",
        version,
        List.of(new Setting.Matcher("alertname", "=", "NodeDown")),
        List.of(new Setting.Matcher("severity", "!=", "critical")),
        List.of("node"),
        "a node takes its pods along",
        "ann",
        SampleAlerts.T0);
  }

  private void set(Setting setting) {
    send(Topics.SETTINGS, setting.key(), setting);
  }

  private void send(SampleAlerts sample) {
    Alert alert = sample.alert();
    send(Topics.ALERTS, alert.group(), alert);
  }

  private <V> void send(Topic<V> topic, String key, @Nullable V value) {
    Driven.in(driver, topic).pipeInput(key, value, now);
  }

  private void pass(Duration time) {
    // As a clock does, since each turn takes a bounded number of conditions.
    for (int i = 0; i < 10; i++) {
      now = now.plus(time.dividedBy(10));
      driver.advanceWallClockTime(time.dividedBy(10));
    }
  }

  private <V> TestOutputTopic<String, V> read(Topic<V> topic) {
    return Driven.out(driver, topic);
  }

  private List<AlertOutcome> outcomes() {
    return read(Topics.ALERT_OUTCOMES).readValuesToList();
  }

  private List<KeyValue<String, Inhibitor>> inhibitors() {
    return read(Topics.INHIBITORS).readKeyValuesToList();
  }

  private List<String> types() {
    return read(Topics.INCIDENTS).readValuesToList().stream().map(IncidentEvent::type).toList();
  }
}
