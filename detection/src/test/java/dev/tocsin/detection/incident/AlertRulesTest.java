// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import static dev.tocsin.detection.incident.SampleAlerts.firing;
import static dev.tocsin.detection.incident.SampleAlerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.command.Command;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentEvent;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AlertRulesTest {

  private static final Consumer<Scene> NOTHING = s -> {};
  private static final Consumer<Scene> FIRES = s -> s.on(firing("a1"));
  private static final Consumer<Scene> FIRES_LATER = s -> s.on(firing("a1").startsAt(600));
  private static final Consumer<Scene> OVER =
      FIRES.andThen(s -> s.after(Duration.ofMinutes(1)).on(resolved("a2")));
  private static final Consumer<Scene> OVER_LONG_AGO =
      OVER.andThen(s -> s.after(Duration.ofMinutes(11)));
  private static final Consumer<Scene> DISMISSED =
      FIRES.andThen(
          s -> {
            s.after(Duration.ofMinutes(1));
            s.on(new Command.Resolve("c1", s.incidentId(), "", "ann", "console", s.now));
          });
  private static final Consumer<Scene> EXPIRED = FIRES.andThen(s -> s.after(Duration.ofHours(24)));
  private static final Consumer<Scene> EXPIRED_AND_OVER =
      EXPIRED.andThen(s -> s.on(resolved("a2")));
  private static final Consumer<Scene> EXPIRED_AND_TAKEN_BACK =
      EXPIRED.andThen(s -> s.on(resolved("a2").because("Updated")));
  private static final Consumer<Scene> NEVER_SEEN_FIRING = s -> s.on(resolved("a0"));
  private static final Consumer<Scene> STARTED_UNKNOWN =
      s -> s.on(firing("a1").startsWhenReceived(0));

  private static final Consumer<Scene> STARTED_UNKNOWN_AND_OVER =
      STARTED_UNKNOWN.andThen(s -> s.on(resolved("a2").startsWhenReceived(60).endsAt(null)));

  /** State × alert → outcome, and the events it makes. */
  static Stream<Arguments> table() {
    return Stream.of(
        // Firing.
        row("nothing", NOTHING, firing("x"), "OPENED/NEW_GROUP", "opened"),
        row("fires", FIRES, firing("x"), "REPEAT/SAME_EPISODE"),
        row("fires", FIRES, firing("x").startsAt(600), "JOINED/OPEN_GROUP", "alert-added"),
        row("fires later", FIRES_LATER, firing("x"), "REPEAT/LATE_REPORT"),
        row("fires", FIRES, firing("x").of("fp2"), "JOINED/OPEN_GROUP", "alert-added"),
        row(
            "fires",
            FIRES,
            firing("x").of("fp2").severity(Severity.CRITICAL),
            "JOINED/OPEN_GROUP",
            "alert-added",
            "severity-raised"),
        row(
            "fires",
            FIRES,
            firing("x").severity(Severity.CRITICAL),
            "JOINED/OPEN_GROUP",
            "severity-raised"),
        row(
            "fires",
            FIRES,
            firing("x").of("fp2").severity(Severity.INFO),
            "JOINED/OPEN_GROUP",
            "alert-added"),
        row("over", OVER, firing("x"), "REPEAT/LATE_REPORT"),
        row("over", OVER, firing("x").startsAt(-60), "REPEAT/LATE_REPORT"),
        row("over", OVER, firing("x").startsAt(30), "REPEAT/LATE_REPORT"),
        row("over", OVER, firing("x").startsAt(120), "OPENED/REOPENED_GROUP", "reopened"),
        row("over", OVER, firing("x").of("fp2"), "OPENED/REOPENED_GROUP", "reopened"),
        row(
            "over",
            OVER,
            firing("x").of("fp2").severity(Severity.CRITICAL),
            "OPENED/REOPENED_GROUP",
            "reopened",
            "severity-raised"),
        row("over", OVER, firing("x").startsWhenReceived(120), "OPENED/REOPENED_GROUP", "reopened"),
        row(
            "over long ago",
            OVER_LONG_AGO,
            firing("x").startsAt(700),
            "OPENED/NEW_GROUP",
            "opened"),
        row("over long ago", OVER_LONG_AGO, firing("x"), "REPEAT/LATE_REPORT"),
        row("dismissed", DISMISSED, firing("x"), "REPEAT/SAME_EPISODE"),
        row("dismissed", DISMISSED, firing("x").startsAt(90), "OPENED/REOPENED_GROUP", "reopened"),
        row("dismissed", DISMISSED, firing("x").of("fp2"), "OPENED/REOPENED_GROUP", "reopened"),
        row("expired", EXPIRED, firing("x"), "OPENED/REOPENED_GROUP", "reopened"),
        row("expired", EXPIRED, firing("x").startsAt(-60), "REPEAT/LATE_REPORT"),
        row("expired, and over", EXPIRED_AND_OVER, firing("x"), "REPEAT/LATE_REPORT"),
        row(
            "expired, and taken back",
            EXPIRED_AND_TAKEN_BACK,
            firing("x"),
            "OPENED/REOPENED_GROUP",
            "reopened"),
        row("never seen firing", NEVER_SEEN_FIRING, firing("x"), "REPEAT/LATE_REPORT"),
        row(
            "never seen firing",
            NEVER_SEEN_FIRING,
            firing("x").startsAt(120),
            "OPENED/NEW_GROUP",
            "opened"),
        row(
            "started unknown",
            STARTED_UNKNOWN,
            firing("x").startsWhenReceived(600),
            "REPEAT/SAME_EPISODE"),
        row(
            "started unknown, and over",
            STARTED_UNKNOWN_AND_OVER,
            firing("x").startsAt(-60),
            "OPENED/REOPENED_GROUP",
            "reopened"),
        // Resolved.
        row("nothing", NOTHING, resolved("x"), "RESOLVED/UNKNOWN_EPISODE"),
        row(
            "fires",
            FIRES,
            resolved("x"),
            "RESOLVED/LAST_CONDITION_CLEARED",
            "alert-cleared",
            "resolved"),
        row("fires", FIRES, resolved("x").of("fp2"), "RESOLVED/UNKNOWN_EPISODE"),
        row(
            "fires",
            FIRES,
            resolved("x").startsWhenReceived(90).endsAt(null),
            "RESOLVED/LAST_CONDITION_CLEARED",
            "alert-cleared",
            "resolved"),
        row(
            "started unknown",
            STARTED_UNKNOWN,
            resolved("x").startsAt(-900),
            "RESOLVED/LAST_CONDITION_CLEARED",
            "alert-cleared",
            "resolved"),
        row("fires later", FIRES_LATER, resolved("x"), "REPEAT/LATE_REPORT"),
        row(
            "fires later",
            FIRES_LATER,
            resolved("x").endsAt(700L),
            "RESOLVED/LAST_CONDITION_CLEARED",
            "alert-cleared",
            "resolved"),
        row("over", OVER, resolved("x"), "REPEAT/SAME_EPISODE"),
        row("over", OVER, resolved("x").startsAt(-600), "REPEAT/LATE_REPORT"),
        row("over", OVER, resolved("x").startsAt(600), "RESOLVED/UNKNOWN_EPISODE"),
        row("dismissed", DISMISSED, resolved("x"), "RESOLVED/CONDITION_CLEARED"),
        row("expired", EXPIRED, resolved("x"), "REPEAT/SAME_EPISODE"),
        // Taken back, and not recovered.
        row("nothing", NOTHING, resolved("x").because("Updated"), "HELD_BACK/NOT_A_RECOVERY"),
        row("fires", FIRES, resolved("x").because("Updated"), "HELD_BACK/NOT_A_RECOVERY"),
        row("fires", FIRES, resolved("x").because("Paused"), "HELD_BACK/NOT_A_RECOVERY"),
        row("fires", FIRES, resolved("x").because("RuleDeleted"), "HELD_BACK/NOT_A_RECOVERY"),
        row("fires", FIRES, resolved("x").because("MissingSeries"), "HELD_BACK/NOT_A_RECOVERY"),
        row("over", OVER, resolved("x").because("Updated"), "REPEAT/SAME_EPISODE"),
        row(
            "fires",
            FIRES,
            resolved("x").because("NoData"),
            "RESOLVED/LAST_CONDITION_CLEARED",
            "alert-cleared",
            "resolved"),
        // Kinds.
        row("nothing", NOTHING, firing("x").kind(AlertKind.TEST), "TEST/TEST_NOTIFICATION"),
        row("fires", FIRES, resolved("x").kind(AlertKind.TEST), "TEST/TEST_NOTIFICATION"),
        row(
            "nothing",
            NOTHING,
            firing("x").kind(AlertKind.UNREADABLE),
            "OPENED/NEW_GROUP",
            "opened"),
        row("nothing", NOTHING, firing("x").kind(AlertKind.NO_DATA), "OPENED/NEW_GROUP", "opened"));
  }

  private static Arguments row(
      String state, Consumer<Scene> given, SampleAlerts alert, String ending, String... events) {
    return Arguments.of(state, given, alert, ending, events);
  }

  @ParameterizedTest(name = "{0} × {2} → {3}")
  @MethodSource("table")
  @Tag("bad-input-44-45")
  void alert_hasOneOutcomeAndItsEvents(
      String state, Consumer<Scene> given, SampleAlerts alert, String ending, String[] events) {
    Scene scene = new Scene();
    given.accept(scene);
    assertThat(scene.on(alert)).isEqualTo(ending);
    assertThat(scene.last()).containsExactly(events);
  }

  @Test
  @Tag("bad-input-18")
  void messageSentAThousandTimes_isOneIncident() {
    Scene scene = new Scene();
    for (int i = 0; i < 1000; i++) {
      scene.on(firing("a" + i));
    }
    assertThat(scene.told()).containsExactly("opened");
  }

  @Test
  void reopened_keepsTheIdAndCountsTheEpoch() {
    Scene scene = new Scene();
    OVER.accept(scene);
    String id = scene.incidentId();
    scene.on(firing("a3").startsAt(120));
    assertThat(scene.incidentId()).isEqualTo(id);
    assertThat(scene.last.getFirst().epoch()).isEqualTo(2);
    scene.after(Duration.ofMinutes(20)).on(resolved("a4").startsAt(120));
    scene.after(Duration.ofMinutes(20)).on(firing("a5").startsAt(4000));
    assertThat(scene.incidentId()).isNotEqualTo(id);
    assertThat(scene.last.getFirst().epoch()).isEqualTo(1);
  }

  @Test
  void incident_endsWithItsLastCondition() {
    Scene scene = new Scene();
    FIRES.accept(scene);
    scene.on(firing("b1").of("fp2"));
    assertThat(scene.on(resolved("a2"))).isEqualTo("RESOLVED/CONDITION_CLEARED");
    assertThat(scene.last()).containsExactly("alert-cleared");
    assertThat(scene.on(resolved("b2").of("fp2"))).isEqualTo("RESOLVED/LAST_CONDITION_CLEARED");
  }

  @Test
  void conditionThatAPersonResolved_isNotWaitedForAgain() {
    Scene scene = new Scene();
    DISMISSED.accept(scene);
    scene.on(firing("b1").of("fp2"));
    assertThat(scene.on(resolved("b2").of("fp2"))).isEqualTo("RESOLVED/LAST_CONDITION_CLEARED");
  }

  @Test
  void notARecovery_expiresSoonUnlessItFiresOn() {
    Scene scene = new Scene();
    FIRES.accept(scene);
    scene.on(resolved("a2").because("Updated"));
    scene.after(Duration.ofMinutes(14));
    assertThat(scene.told()).containsExactly("opened");
    scene.on(firing("a3"));
    scene.after(Duration.ofMinutes(14));
    assertThat(scene.told()).containsExactly("opened");
    scene.on(resolved("a4").because("Updated"));
    scene.after(Duration.ofMinutes(15));
    assertThat(scene.told()).containsExactly("opened", "alert-cleared", "resolved");
    assertThat(((IncidentEvent.Resolved) scene.all.getLast()).cause())
        .isEqualTo(IncidentEvent.Cause.EXPIRED);
    assertThat(((IncidentEvent.AlertCleared) scene.all.get(1)).reason())
        .isEqualTo("expired: its source took it back 15m ago, and said no more of it");
  }

  @Test
  void silentSource_expiresAndRepeatsAreSignsOfLife() {
    Scene scene = new Scene();
    FIRES.accept(scene);
    scene.after(Duration.ofHours(23)).on(firing("a2"));
    scene.after(Duration.ofHours(23));
    assertThat(scene.told()).containsExactly("opened");
    scene.after(Duration.ofHours(1));
    assertThat(scene.told()).containsExactly("opened", "alert-cleared", "resolved");
    assertThat(((IncidentEvent.AlertCleared) scene.all.get(1)).reason())
        .startsWith("expired: its source said nothing of it for ");
  }

  @Test
  void group_isForgottenInTheEnd() {
    Scene scene = new Scene();
    OVER.accept(scene);
    assertThat(scene.group.isForgotten()).isFalse();
    scene.after(Duration.ofHours(25));
    assertThat(scene.conditions).isEmpty();
    assertThat(scene.group.isForgotten()).isTrue();
  }

  @Test
  void sourceWithAClockAhead_isHeardAgain() {
    Scene scene = new Scene();
    FIRES.accept(scene);
    scene.on(resolved("a2").endsAt(999_999L));
    assertThat(scene.on(firing("a3").startsAt(120))).isEqualTo("OPENED/REOPENED_GROUP");
  }

  @Test
  void events_addUpToTheIncident() {
    Scene scene = new Scene();
    DISMISSED.accept(scene);
    scene.on(firing("b1").of("fp2").severity(Severity.CRITICAL));
    Incident incident = null;
    for (IncidentEvent event : scene.all) {
      incident =
          event instanceof IncidentEvent.Opened o ? Incident.opened(o) : incident.after(event);
    }
    assertThat(incident.epoch()).isEqualTo(2);
    assertThat(incident.isResolved()).isFalse();
    assertThat(incident.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(incident.alerts()).hasSize(2);
  }
}
