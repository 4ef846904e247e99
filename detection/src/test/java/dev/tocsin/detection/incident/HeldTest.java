// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import static dev.tocsin.detection.incident.SampleAlerts.firing;
import static dev.tocsin.detection.incident.SampleAlerts.resolved;
import static dev.tocsin.schemas.alert.HeldBy.Kind.INHIBITION;
import static dev.tocsin.schemas.alert.HeldBy.Kind.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.IncidentEvent;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HeldTest {

  private static final Consumer<Scene> SILENCED = s -> s.hold(SILENCE, Duration.ofHours(1));
  private static final Consumer<Scene> HELD = SILENCED.andThen(s -> s.on(firing("a1")));
  private static final Consumer<Scene> HELD_ANEW =
      HELD.andThen(s -> s.on(firing("a2").startsAt(600)));
  private static final Consumer<Scene> FIRES_THEN_SILENCED =
      s -> {
        s.on(firing("a1"));
        s.hold(SILENCE, Duration.ofHours(1));
      };
  private static final Consumer<Scene> DISMISSED_THEN_SILENCED =
      s -> {
        s.on(firing("a1"));
        s.after(Duration.ofMinutes(1));
        s.on(new Command.Resolve("c1", s.incidentId(), "", "ann", "console", s.now));
        s.hold(SILENCE, Duration.ofHours(1));
      };
  private static final Consumer<Scene> OVER_THEN_SILENCED =
      s -> {
        s.on(firing("a1"));
        s.after(Duration.ofMinutes(1)).on(resolved("a2"));
        s.hold(SILENCE, Duration.ofHours(1));
      };

  /** State × alert → outcome, and the events it makes. */
  static Stream<Arguments> table() {
    return Stream.of(
        row("silenced", SILENCED, firing("x"), "HELD_BACK/SILENCED"),
        row("silenced", SILENCED, firing("x").kind(AlertKind.TEST), "TEST/TEST_NOTIFICATION"),
        row("silenced", SILENCED, resolved("x"), "RESOLVED/UNKNOWN_EPISODE"),
        row("held", HELD, firing("x"), "HELD_BACK/SILENCED"),
        row("held", HELD, firing("x").startsAt(600), "HELD_BACK/SILENCED"),
        row("held", HELD, firing("x").of("fp2"), "HELD_BACK/SILENCED"),
        row("held", HELD, firing("x").severity(Severity.CRITICAL), "HELD_BACK/SILENCED"),
        row("held", HELD, resolved("x"), "RESOLVED/CONDITION_CLEARED"),
        row("held", HELD, resolved("x").because("Paused"), "HELD_BACK/NOT_A_RECOVERY"),
        row("held", HELD, resolved("x").startsAt(-600), "REPEAT/LATE_REPORT"),
        row("held anew", HELD_ANEW, resolved("x"), "REPEAT/LATE_REPORT"),
        row("held anew", HELD_ANEW, resolved("x").startsAt(600), "RESOLVED/CONDITION_CLEARED"),
        // What people know of already ends as ever.
        row("fires", FIRES_THEN_SILENCED, firing("x"), "REPEAT/SAME_EPISODE"),
        row(
            "fires",
            FIRES_THEN_SILENCED,
            resolved("x"),
            "RESOLVED/LAST_CONDITION_CLEARED",
            "alert-cleared",
            "resolved"),
        row("fires", FIRES_THEN_SILENCED, firing("x").of("fp2"), "HELD_BACK/SILENCED"),
        row("fires", FIRES_THEN_SILENCED, firing("x").startsAt(600), "HELD_BACK/SILENCED"),
        row(
            "fires",
            FIRES_THEN_SILENCED,
            firing("x").severity(Severity.CRITICAL),
            "HELD_BACK/SILENCED"),
        row("dismissed", DISMISSED_THEN_SILENCED, firing("x"), "REPEAT/SAME_EPISODE"),
        row("dismissed", DISMISSED_THEN_SILENCED, firing("x").startsAt(90), "HELD_BACK/SILENCED"),
        row("over", OVER_THEN_SILENCED, firing("x"), "REPEAT/LATE_REPORT"),
        row("over", OVER_THEN_SILENCED, firing("x").startsAt(120), "HELD_BACK/SILENCED"));
  }

  private static Arguments row(
      String state, Consumer<Scene> before, SampleAlerts alert, String outcome, String... events) {
    return Arguments.of(state, before, alert, outcome, events);
  }

  @ParameterizedTest(name = "{0}: {2} → {3}")
  @MethodSource("table")
  void alert_isHeldBackOrNot(
      String state, Consumer<Scene> before, SampleAlerts alert, String outcome, String[] events) {
    Scene scene = new Scene();
    before.accept(scene);
    assertThat(scene.on(alert)).isEqualTo(outcome);
    assertThat(scene.last()).containsExactly(events);
  }

  @Test
  void whatStillFiresWhenItsSilenceEnds_opensAnIncidentThatSaysSo() {
    Scene scene = new Scene();
    HELD.accept(scene);
    scene.after(Duration.ofMinutes(59));
    assertThat(scene.told()).isEmpty();
    scene.after(Duration.ofMinutes(2));
    assertThat(scene.told()).containsExactly("opened", "note-added");
    assertThat(((IncidentEvent.NoteAdded) scene.all.getLast()).text())
        .isEqualTo(
            "It has fired since 2026-11-22T10:00:00Z, and was held back until now by silence sil_1"
                + " (version 1, by ann, until 2026-11-22T11:00:00Z): a restart");
    assertThat(scene.on(firing("a2"))).isEqualTo("REPEAT/SAME_EPISODE");
    assertThat(scene.on(resolved("a3"))).isEqualTo("RESOLVED/LAST_CONDITION_CLEARED");
  }

  @Test
  void whatAnotherSilenceHolds_whenTheFirstEnds_isHeldOn() {
    Scene scene = new Scene();
    HELD.accept(scene);
    scene.hold(SILENCE, Duration.ofHours(3));
    scene.after(Duration.ofHours(2));
    assertThat(scene.told()).isEmpty();
    scene.after(Duration.ofMinutes(61));
    assertThat(scene.told()).containsExactly("opened", "note-added");
    assertThat(((IncidentEvent.NoteAdded) scene.all.getLast()).text())
        .contains("until 2026-11-22T13:00:00Z");
  }

  @Test
  void silenceThatSomebodyEnds_letsGoAtOnce_byTimeOrByTheNextReport() {
    Scene scene = new Scene();
    HELD.accept(scene);
    scene.letGo();
    assertThat(scene.told()).containsExactly("opened", "note-added");

    Scene first = new Scene();
    HELD.accept(first);
    first.hold(SILENCE, Duration.ZERO);
    assertThat(first.on(firing("a2").severity(Severity.CRITICAL))).isEqualTo("OPENED/NEW_GROUP");
    assertThat(first.last()).containsExactly("opened", "note-added");
    assertThat(((IncidentEvent.Opened) first.all.getFirst()).severity())
        .isEqualTo(Severity.CRITICAL);
  }

  @Test
  void whatWasHeldBack_joinsAnIncidentThatIsOpen() {
    Scene scene = new Scene();
    scene.on(firing("a1"));
    scene.hold(SILENCE, Duration.ofHours(1)).on(firing("b1").of("fp2"));
    scene.letGo();
    assertThat(scene.told()).containsExactly("opened", "alert-added");
    // Both have to end.
    assertThat(scene.on(resolved("a2"))).isEqualTo("RESOLVED/CONDITION_CLEARED");
    assertThat(scene.on(resolved("b2").of("fp2"))).isEqualTo("RESOLVED/LAST_CONDITION_CLEARED");
  }

  @Test
  void whatEndsWhileItIsHeldBack_isToldToNobody() {
    Scene scene = new Scene();
    HELD.accept(scene);
    scene.on(resolved("a2"));
    scene.after(Duration.ofHours(2));
    assertThat(scene.told()).isEmpty();
    scene.after(Duration.ofHours(30));
    assertThat(scene.group.isForgotten()).isTrue();
  }

  @Test
  void heldAlert_saysByWhat_andWhatOfItPeopleKnow() {
    String by = "held back by silence sil_1";
    Scene scene = new Scene();
    FIRES_THEN_SILENCED.accept(scene);
    scene.on(firing("b1").of("fp2"));
    assertThat(scene.said).startsWith("H" + by.substring(1));
    scene.on(firing("a2").severity(Severity.CRITICAL));
    assertThat(scene.said).startsWith("Its incident knows it; that it got worse is " + by);
    scene.on(firing("a3").startsAt(600));
    assertThat(scene.said).startsWith("Its incident is open; " + by);
  }

  @Test
  void newEpisodeOfWhatPeopleKnow_keepsItsIncidentOpenUntilItEnds() {
    Scene scene = new Scene();
    FIRES_THEN_SILENCED.accept(scene);
    scene.on(firing("a2").startsAt(600));
    assertThat(scene.on(resolved("a1"))).isEqualTo("REPEAT/LATE_REPORT");
    scene.after(Duration.ofHours(2));
    assertThat(scene.told()).containsExactly("opened");
    assertThat(scene.on(resolved("a3").startsAt(600))).isEqualTo("RESOLVED/LAST_CONDITION_CLEARED");
  }

  @Test
  void gettingWorse_isToldWithTheFirstReportAfterTheSilence() {
    Scene scene = new Scene();
    FIRES_THEN_SILENCED.accept(scene);
    scene.on(firing("a2").severity(Severity.CRITICAL));
    scene.after(Duration.ofHours(2));
    assertThat(scene.on(firing("a3").severity(Severity.CRITICAL))).isEqualTo("JOINED/OPEN_GROUP");
    assertThat(scene.last()).containsExactly("severity-raised");
  }

  @Test
  void heldBackCondition_expiresLikeAnyOther() {
    Scene scene = new Scene();
    scene.hold(SILENCE, Duration.ofHours(100)).on(firing("a1"));
    scene.after(Duration.ofHours(25));
    scene.letGo();
    assertThat(scene.told()).isEmpty();
    Scene paused = new Scene();
    paused.hold(SILENCE, Duration.ofHours(1)).on(firing("a1"));
    paused.on(resolved("a2").because("Paused"));
    paused.after(Duration.ofHours(2));
    assertThat(paused.told()).isEmpty();
    assertThat(paused.conditions.values())
        .singleElement()
        .isInstanceOf(Condition.Over.class)
        .extracting(Condition::alertId)
        .isEqualTo("a1");
  }

  @Test
  void whatIsInhibited_waitsAMinuteAfterItsInhibitorIsOver() {
    Scene scene = new Scene();
    scene.hold(INHIBITION, Duration.ofHours(24));
    assertThat(scene.on(firing("a1"))).isEqualTo("HELD_BACK/INHIBITED");
    scene.letGo();
    scene.after(Duration.ofSeconds(30));
    assertThat(scene.on(firing("a2"))).isEqualTo("HELD_BACK/INHIBITED");
    assertThat(scene.told()).isEmpty();
    scene.after(Duration.ofSeconds(29));
    assertThat(scene.told()).isEmpty();
    scene.after(Duration.ofSeconds(2));
    assertThat(scene.told()).containsExactly("opened", "note-added");
  }

  @Test
  void whatEndsWithItsInhibitor_isToldToNobody() {
    Scene scene = new Scene();
    scene.hold(INHIBITION, Duration.ofHours(24)).on(firing("a1"));
    scene.letGo();
    scene.after(Duration.ofSeconds(20)).on(resolved("a2"));
    scene.after(Duration.ofHours(1));
    assertThat(scene.told()).isEmpty();
  }

  @Test
  void inhibitorThatComesBack_holdsAsBefore() {
    Scene scene = new Scene();
    scene.hold(INHIBITION, Duration.ofHours(10)).on(firing("a1"));
    scene.letGo();
    scene.after(Duration.ofSeconds(30)).hold(INHIBITION, Duration.ofHours(10));
    scene.on(firing("a2"));
    scene.after(Duration.ofHours(1));
    assertThat(scene.told()).isEmpty();
    scene.letGo();
    scene.after(Duration.ofSeconds(59));
    assertThat(scene.told()).isEmpty();
  }
}
