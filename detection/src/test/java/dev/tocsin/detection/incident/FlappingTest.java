// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import static dev.tocsin.detection.incident.SampleAlerts.firing;
import static dev.tocsin.detection.incident.SampleAlerts.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.command.Command;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FlappingTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Scene scene = new Scene();
  private int second;

  @Test
  @Tag("bad-input-46")
  void fifthTurn_startsFlapping() {
    turns(4);
    assertThat(scene.told()).doesNotContain("flapping-started");
    assertThat(turn(5)).isEqualTo("OPENED/REOPENED_GROUP");
    assertThat(scene.last()).containsExactly("reopened", "flapping-started");
  }

  @Test
  @Tag("bad-input-46")
  void furtherTurns_areHeldBack() {
    turns(5);
    int before = scene.told().size();
    assertThat(turn(6)).isEqualTo("HELD_BACK/FLAPPING");
    assertThat(turn(7)).isEqualTo("HELD_BACK/FLAPPING");
    assertThat(scene.told()).hasSize(before);
  }

  @Test
  @Tag("bad-input-46")
  void hundredTurnsInAMinute_areOneIncidentThatSaysSo() {
    for (int number = 1; number <= 100; number++) {
      scene.after(Duration.ofMillis(600));
      scene.on(
          number % 2 == 1
              ? firing("f" + number).startsAt(number)
              : resolved("r" + number).startsAt(number - 1).endsAt((long) number));
    }
    assertThat(scene.told()).hasSizeLessThan(15).containsOnlyOnce("opened", "flapping-started");
    assertThat(scene.all).extracting(event -> event.incidentId()).containsOnly(scene.incidentId());
  }

  @Test
  void reportsOfAKnownTurn_areRepeats() {
    turns(6);
    assertThat(scene.on(resolved("r").startsAt(second))).isEqualTo("REPEAT/SAME_EPISODE");
    assertThat(scene.on(firing("r").startsAt(second))).isEqualTo("REPEAT/LATE_REPORT");
    turn(7);
    assertThat(scene.on(firing("r").startsAt(second))).isEqualTo("REPEAT/SAME_EPISODE");
  }

  @Test
  void turnOfUnknownStart_isATurnOnlyIfTheLastOneResolved() {
    turns(6);
    assertThat(scene.on(firing("u1").startsWhenReceived(9_000))).isEqualTo("HELD_BACK/FLAPPING");
    assertThat(scene.on(firing("u2").startsWhenReceived(9_060))).isEqualTo("REPEAT/SAME_EPISODE");
  }

  @Test
  void turnThatResolves_canStartFlappingAndIsHeldBack() {
    scene.on(firing("b").of("fp2"));
    turns(3);
    scene.after(Duration.ofMinutes(58));
    // The first turns are too long ago now; three more make five.
    turn(4);
    turn(5);
    assertThat(scene.told()).doesNotContain("flapping-started");
    assertThat(turn(6)).isEqualTo("RESOLVED/CONDITION_CLEARED");
    turn(7);
    assertThat(turn(8)).isEqualTo("HELD_BACK/FLAPPING");
    assertThat(scene.last()).containsExactly("flapping-started");
    assertThat(turn(9)).isEqualTo("HELD_BACK/FLAPPING");
  }

  @Test
  void quietAfterResolved_clearsAndResolves() {
    turns(6);
    scene.after(Duration.ofMinutes(9));
    assertThat(scene.told()).doesNotContain("flapping-ended");
    scene.after(MINUTE);
    assertThat(scene.last()).containsExactly("flapping-ended", "alert-cleared", "resolved");
  }

  @Test
  void quietWhileFiring_staysOpenAndIsBelievedAgain() {
    turns(5);
    scene.after(Duration.ofMinutes(10));
    assertThat(scene.last()).containsExactly("flapping-ended");
    assertThat(turn(6)).isEqualTo("RESOLVED/LAST_CONDITION_CLEARED");
  }

  @Test
  void slowTurns_areNotFlapping() {
    for (int i = 1; i <= 12; i++) {
      scene.after(Duration.ofMinutes(20));
      turn(i);
    }
    assertThat(scene.told()).doesNotContain("flapping-started");
  }

  @Test
  void personsResolve_endsTheHoldingBack() {
    turns(6);
    scene.on(new Command.Resolve("c", scene.incidentId(), "", "ann", "console", scene.now));
    assertThat(turn(7)).isEqualTo("OPENED/REOPENED_GROUP");
    assertThat(scene.last()).containsExactly("reopened", "flapping-started");
    assertThat(turn(8)).isEqualTo("HELD_BACK/FLAPPING");
  }

  private void turns(int count) {
    for (int i = 1; i <= count; i++) {
      turn(i);
    }
  }

  /** Odd turns fire, even ones resolve; each a minute after the one before. */
  private String turn(int number) {
    scene.after(MINUTE);
    if (number % 2 == 1) {
      second += 120;
      return scene.on(firing("f" + number).startsAt(second));
    }
    return scene.on(resolved("r" + number).startsAt(second));
  }
}
