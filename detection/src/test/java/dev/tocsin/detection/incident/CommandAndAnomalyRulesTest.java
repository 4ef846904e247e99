// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import static dev.tocsin.detection.incident.SampleAlerts.firing;
import static dev.tocsin.detection.incident.SampleAlerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.HeldBy;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.IncidentEvent;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandAndAnomalyRulesTest {

  private static final String NOT_OPEN = "ignored: no such incident is open";

  private Scene scene = new Scene();

  @Test
  @Tag("bad-input-64")
  void acknowledge_countsOnceAndForTheRightIncident() {
    scene.on(firing("a1"));
    assertThat(scene.on(acknowledge("inc_other")).detail()).startsWith("ignored");
    assertThat(scene.on(acknowledge(scene.incidentId())).detail()).isEqualTo("done");
    assertThat(scene.on(acknowledge(scene.incidentId())).detail()).startsWith("ignored");
    assertThat(scene.told()).containsExactly("opened", "acknowledged");
  }

  @Test
  void acknowledge_isIgnoredWhenNothingIsOpen() {
    assertThat(scene.on(acknowledge("inc_1")).detail()).isEqualTo(NOT_OPEN);
    scene.on(firing("a1"));
    scene.on(resolved("a2"));
    assertThat(scene.on(acknowledge(scene.incidentId())).detail()).isEqualTo(NOT_OPEN);
    assertThat(scene.told()).doesNotContain("acknowledged");
  }

  @Test
  @Tag("bad-input-64")
  void resolve_isIgnoredWhenNothingIsOpen() {
    assertThat(scene.on(resolve("inc_1")).detail()).startsWith("ignored");
    scene.on(firing("a1"));
    assertThat(scene.on(resolve("inc_other")).detail()).startsWith("ignored");
    assertThat(scene.on(resolve(scene.incidentId())).detail()).isEqualTo("done");
    assertThat(scene.on(resolve(scene.incidentId())).detail()).startsWith("ignored");
    assertThat(scene.told()).containsExactly("opened", "resolved");
    IncidentEvent.Resolved event = (IncidentEvent.Resolved) scene.all.getLast();
    assertThat(event.cause()).isEqualTo(IncidentEvent.Cause.COMMAND);
    assertThat(event.by()).isEqualTo("ann");
  }

  @Test
  void note_isTakenOnceAlsoAfterTheEnd() {
    assertThat(scene.on(note("n1", "inc_1")).detail()).startsWith("ignored");
    scene.on(firing("a1"));
    scene.on(resolved("a2"));
    assertThat(scene.on(note("n1", scene.incidentId())).detail()).isEqualTo("done");
    assertThat(scene.on(note("n1", scene.incidentId())).detail()).startsWith("ignored");
    assertThat(scene.on(note("n2", scene.incidentId())).detail()).isEqualTo("done");
    assertThat(scene.on(note("n3", "inc_other")).detail()).startsWith("ignored");
  }

  @Test
  void reopenedIncident_isNotAcknowledged() {
    scene.on(firing("a1"));
    scene.on(acknowledge(scene.incidentId()));
    scene.on(resolved("a2"));
    scene.on(firing("a3").startsAt(120));
    assertThat(scene.on(acknowledge(scene.incidentId())).detail()).isEqualTo("done");
  }

  @Test
  void wishForAnEarlierEpoch_isIgnored() {
    scene.on(firing("a1"));
    scene.on(resolved("a2"));
    scene.on(firing("a3").startsAt(120));
    String id = scene.incidentId();
    assertThat(scene.on(resolveIn(1, id)).detail()).contains("reopened since");
    assertThat(scene.on(acknowledgeIn(1, id)).detail()).contains("reopened since");
    assertThat(scene.on(acknowledgeIn(2, id)).detail()).isEqualTo("done");
    assertThat(scene.on(resolveIn(2, id)).detail()).isEqualTo("done");
  }

  @Test
  void anomaly_joinsTheOpenIncidentAndDoesNotKeepItOpen() {
    scene.on(firing("a1"));
    scene.on(anomaly(Anomaly.Status.OFF_BAND));
    assertThat(scene.last()).containsExactly("anomaly-added");
    scene.on(resolved("a2"));
    assertThat(scene.told()).endsWith("resolved");
    scene.on(anomaly(Anomaly.Status.BACK));
    assertThat(scene.last()).isEmpty();
  }

  @Test
  void anomaly_opensALesserIncidentAndBackEndsIt() {
    scene.on(anomaly(Anomaly.Status.OFF_BAND));
    assertThat(scene.last()).containsExactly("opened", "anomaly-added");
    assertThat(((IncidentEvent.Opened) scene.last.getFirst()).severity())
        .isEqualTo(Severity.WARNING);
    scene.on(anomaly(Anomaly.Status.OFF_BAND));
    scene.on(anomaly(Anomaly.Status.BACK));
    assertThat(scene.last()).containsExactly("anomaly-added", "alert-cleared", "resolved");
  }

  @Test
  void anomalyThatIsOnlyRare_isToldWhereThereIsAnIncidentAndOpensNone() {
    scene.on(anomaly(Anomaly.Status.OFF_BAND, false));
    assertThat(scene.last()).isEmpty();
    scene.on(firing("a1"));
    scene.on(anomaly(Anomaly.Status.OFF_BAND, false));
    assertThat(scene.last()).containsExactly("anomaly-added");
  }

  @Test
  void anomalyOfBeforeThereWasTheQuestion_opensAnIncident() {
    scene.on(anomaly(Anomaly.Status.OFF_BAND, null));
    assertThat(scene.last()).containsExactly("opened", "anomaly-added");
  }

  @Test
  void alert_joinsAnAnomalysIncidentAndRaisesIt() {
    scene.on(anomaly(Anomaly.Status.OFF_BAND));
    assertThat(scene.on(firing("a1"))).isEqualTo("JOINED/OPEN_GROUP");
    assertThat(scene.last()).containsExactly("alert-added", "severity-raised");
    scene.on(anomaly(Anomaly.Status.BACK));
    assertThat(scene.told()).doesNotContain("resolved");
    assertThat(scene.on(resolved("a2"))).isEqualTo("RESOLVED/LAST_CONDITION_CLEARED");
  }

  @Test
  void anomaly_opensNothingWhileTheGroupSettlesOrWhereItMayNot() {
    scene.on(firing("a1"));
    scene.on(resolved("a2"));
    scene.on(anomaly(Anomaly.Status.OFF_BAND));
    assertThat(scene.last()).isEmpty();
    scene.after(Duration.ofMinutes(11)).on(anomaly(Anomaly.Status.OFF_BAND));
    assertThat(scene.last()).containsExactly("opened", "anomaly-added");
    scene = new Scene(IncidentSettings.DEFAULT, FlappingSettings.DEFAULT, false);
    scene.on(anomaly(Anomaly.Status.OFF_BAND));
    assertThat(scene.last()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // aspect, kind, identity after the series, title, said at its end
    "LEVEL, , '', latency is off its band, back in its band",
    ", METRIC, '', latency is off its band, back in its band",
    "EXHAUSTION, METRIC, /EXHAUSTION, latency will be exhausted, no longer near its limit",
    "SATURATION, , /SATURATION, latency is nearly exhausted, no longer near its limit",
    "LEVEL, NEVER_SEEN, '', latency is 16 scales above, back in its band"
  })
  void anomaly_isAConditionOfItsSeries_andSaysWhatItIs(
      Anomaly.@Nullable Aspect aspect,
      Anomaly.@Nullable Kind kind,
      String identity,
      String title,
      String end) {
    scene.on(anomaly(Anomaly.Status.OFF_BAND, true, aspect, kind));
    assertThat(scene.conditions)
        .containsOnlyKeys("tocsin//latency{service=\"checkout\"}" + identity);
    assertThat(((IncidentEvent.Opened) scene.last.getFirst()).title()).isEqualTo(title);

    scene.on(anomaly(Anomaly.Status.BACK, true, aspect, kind));
    assertThat(((IncidentEvent.AlertCleared) scene.last.get(1)).reason()).isEqualTo(end);
    assertThat(scene.group.ended()).isEqualTo(1);
  }

  @Test
  void onlyAnAnomalyAboutALimit_makesAnOpenIncidentWorse() {
    scene.on(firing("a1").severity(Severity.INFO));
    scene.on(anomaly(Anomaly.Status.OFF_BAND));
    assertThat(scene.last()).containsExactly("anomaly-added");
    scene.on(anomaly(Anomaly.Status.OFF_BAND, true, Anomaly.Aspect.SATURATION, null));
    assertThat(scene.last()).containsExactly("anomaly-added", "severity-raised");
  }

  @Test
  void anomalysIncident_expires() {
    scene.on(anomaly(Anomaly.Status.OFF_BAND));
    scene.after(Duration.ofHours(24));
    assertThat(scene.told()).endsWith("alert-cleared", "resolved");
  }

  @Test
  void anomalyOfASilencedSeries_opensAnIncidentOnlyIfItLasts() {
    scene.hold(HeldBy.Kind.SILENCE, Duration.ofHours(1));
    scene.on(anomaly(Anomaly.Status.OFF_BAND));
    assertThat(scene.told()).isEmpty();
    scene.after(Duration.ofMinutes(61));
    assertThat(scene.told()).containsExactly("opened", "note-added");
    scene = new Scene();
    scene.hold(HeldBy.Kind.SILENCE, Duration.ofHours(1));
    scene.on(anomaly(Anomaly.Status.OFF_BAND));
    scene.on(anomaly(Anomaly.Status.BACK));
    scene.after(Duration.ofHours(2));
    assertThat(scene.told()).isEmpty();
  }

  private Command.Acknowledge acknowledge(String incident) {
    return new Command.Acknowledge("k", incident, "", "ann", "console", scene.now);
  }

  private Command.Resolve resolve(String incident) {
    return new Command.Resolve("r", incident, "", "ann", "console", scene.now);
  }

  private Command.Acknowledge acknowledgeIn(int epoch, String incident) {
    return new Command.Acknowledge("k", incident, "", "ann", "pagerduty", scene.now, epoch);
  }

  private Command.Resolve resolveIn(int epoch, String incident) {
    return new Command.Resolve("r", incident, "", "ann", "pagerduty", scene.now, epoch);
  }

  private Command.AddNote note(String id, String incident) {
    return new Command.AddNote(id, incident, "", "ann", "console", scene.now, "looking");
  }

  private Anomaly anomaly(Anomaly.Status status) {
    return anomaly(status, true);
  }

  private Anomaly anomaly(Anomaly.Status status, @Nullable Boolean forPeople) {
    return anomaly(status, forPeople, Anomaly.Aspect.LEVEL, null);
  }

  private Anomaly anomaly(
      Anomaly.Status status,
      @Nullable Boolean forPeople,
      Anomaly.@Nullable Aspect aspect,
      Anomaly.@Nullable Kind kind) {
    return new Anomaly(
        "ano_1",
        "latency{service=\"checkout\"}",
        "latency",
        Map.of("service", "checkout"),
        status,
        Severity.WARNING,
        scene.now,
        scene.now,
        9,
        1,
        .5,
        1.5,
        16,
        .9999,
        SampleAlerts.GROUP,
        Map.of("service", "checkout"),
        "latency is 16 scales above",
        aspect,
        4.0,
        null,
        forPeople,
        kind,
        null);
  }
}
