// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import static dev.tocsin.notifier.Samples.NOON;
import static dev.tocsin.notifier.Samples.paced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.notifier.lane.Lane.Line;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.topic.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

class LaneTest {

  private static final LaneProfile UNPACED = paced(4, 0);
  private static final Outcome DELIVERED = new Outcome.Delivered("r");
  private static final Outcome SERVER_ERROR =
      new Outcome.TryAgain(Reason.SERVER_ERROR, "500", null);

  private static Lane failing(int times) {
    Lane lane = Lane.EMPTY;
    for (int i = 0; i < times; i++) {
      lane = lane.issued(NOON).returned(UNPACED, SERVER_ERROR, NOON);
    }
    return lane;
  }

  private static void assertShut(Lane lane, LaneProfile profile, Instant now, Instant until) {
    assertThat(lane.gate(profile, now)).isEqualTo(new Lane.Gate.Shut(until));
  }

  private static void assertOpen(Lane lane, LaneProfile profile, Instant now) {
    assertThat(lane.gate(profile, now)).isEqualTo(new Lane.Gate.Open());
  }

  @Test
  void gate_isShutByAsManyInFlightAsAllowed() {
    Lane lane = Lane.EMPTY;
    for (int i = 0; i < 4; i++) {
      assertOpen(lane, UNPACED, NOON);
      lane = lane.issued(NOON);
    }
    assertShut(lane, UNPACED, NOON, null);
    assertOpen(lane.returned(UNPACED, DELIVERED, NOON), UNPACED, NOON);
  }

  @Test
  void breaker_opensAtTheFifthFailureInARow() {
    assertOpen(failing(4), UNPACED, NOON);
    assertShut(failing(5), UNPACED, NOON, NOON.plusSeconds(2));
    assertThat(failing(5).breaker().failures()).isEqualTo(5);
    assertOpen(
        failing(4).returned(UNPACED, DELIVERED, NOON).returned(UNPACED, SERVER_ERROR, NOON),
        UNPACED,
        NOON);
  }

  @Test
  void openBreaker_letsOneAttemptThroughAfterPausesThatDoubleUpToHalfAMinute() {
    Lane trying = failing(5);
    Instant at = NOON.plusSeconds(2);
    for (long pause : List.of(4, 8, 16, 30, 30)) {
      assertOpen(trying, UNPACED, at);
      trying = trying.issued(at);
      assertShut(trying, UNPACED, at, at.plusSeconds(pause));
      trying = trying.returned(UNPACED, SERVER_ERROR, at);
      assertShut(trying, UNPACED, at, at.plusSeconds(pause));
      at = at.plusSeconds(pause);
    }
    assertOpen(trying.issued(at).returned(UNPACED, DELIVERED, at), UNPACED, at);
  }

  @Test
  void breakerThatOpensAgain_beginsWithTheShortPause() {
    Instant at = NOON.plusSeconds(2);
    Lane closed = failing(5).issued(at).returned(UNPACED, DELIVERED, at);
    for (int i = 0; i < 5; i++) {
      closed = closed.issued(at).returned(UNPACED, SERVER_ERROR, at);
    }
    assertShut(closed, UNPACED, at, at.plusSeconds(2));
  }

  @Test
  void refusalOfADelivery_saysThatTheEndpointIsAlive() {
    Lane lane = failing(4).returned(UNPACED, new Outcome.GiveUp(Reason.BAD_REQUEST, ""), NOON);
    assertThat(lane.breaker()).isEqualTo(Breaker.CLOSED);
  }

  @Test
  void answerThatThereIsNoSuchThing_saysThatTheEndpointIsAlive() {
    Lane lane = failing(4).returned(UNPACED, new Outcome.Absent(), NOON);
    assertThat(lane.breaker()).isEqualTo(Breaker.CLOSED);
  }

  @ParameterizedTest
  @EnumSource(names = {"LEASE_EXPIRED", "WORKER_ENDED"})
  void silentWorker_saysNothingOfTheEndpoint(Reason reason) {
    Lane lane = failing(4).returned(UNPACED, new Outcome.Unknown(reason, ""), NOON);
    assertThat(lane.breaker().failures()).isEqualTo(4);
  }

  @Test
  void rateLimit_pausesForHalfAMinuteUnlessTold() {
    Outcome untold = new Outcome.TryAgain(Reason.RATE_LIMITED, "", null);
    Outcome told = new Outcome.TryAgain(Reason.RATE_LIMITED, "", Duration.ofMinutes(2));
    assertShut(Lane.EMPTY.returned(UNPACED, untold, NOON), UNPACED, NOON, NOON.plusSeconds(30));
    assertShut(Lane.EMPTY.returned(UNPACED, told, NOON), UNPACED, NOON, NOON.plusSeconds(120));
    assertShut(
        Lane.EMPTY.returned(UNPACED, told, NOON).returned(UNPACED, untold, NOON),
        UNPACED,
        NOON,
        NOON.plusSeconds(120));
  }

  @Test
  void pause_endsWithTheFirstAttemptAfterIt_andNotWithOneBefore() {
    Instant end = NOON.plusSeconds(30);
    Lane paused =
        Lane.EMPTY.returned(UNPACED, new Outcome.TryAgain(Reason.RATE_LIMITED, "", null), NOON);
    assertShut(paused.issued(end.minusMillis(1)), UNPACED, NOON, end);
    assertThat(paused.issued(end).pausedUntil()).isNull();
    assertThat(Lane.EMPTY.issued(NOON).pausedUntil()).isNull();
  }

  @Test
  void pace_staysBelowPagerDutysLimitInAnyMinute() {
    LaneProfile pagerDuty = paced(256, 110);
    Lane lane = Lane.EMPTY;
    int sent = 0;
    for (int millis = 0; millis < 60_000; millis += 10) {
      Instant now = NOON.plusMillis(millis);
      while (lane.gate(pagerDuty, now) instanceof Lane.Gate.Open) {
        lane = lane.issued(now).returned(pagerDuty, DELIVERED, now);
        sent++;
      }
    }
    assertThat(sent).isBetween(110, 119);
  }

  /** Whoever is held up has nine under way, and what is saved up meanwhile is none. */
  @Test
  void pace_countsAnAttemptWhenItEnds_soThatLateOnesDoNotMeetThoseSavedUp() {
    LaneProfile pagerDuty = paced(16, 110);
    Lane lane = Lane.EMPTY;
    int arrived = 0;
    while (lane.gate(pagerDuty, NOON) instanceof Lane.Gate.Open) {
      lane = lane.issued(NOON);
    }
    assertThat(lane.inFlight()).isEqualTo(9);
    Instant thawed = NOON.plusSeconds(13);
    assertShut(lane, pagerDuty, thawed, null);
    for (int i = 0; i < 9; i++) {
      lane = lane.returned(pagerDuty, DELIVERED, thawed);
      arrived++;
    }
    for (int millis = 0; millis < 60_000; millis += 10) {
      Instant now = thawed.plusMillis(millis);
      while (lane.gate(pagerDuty, now) instanceof Lane.Gate.Open) {
        lane = lane.issued(now).returned(pagerDuty, DELIVERED, now);
        arrived++;
      }
    }
    assertThat(arrived).isBetween(110, 119);
  }

  @Test
  void pagesGoFirst_andOneOfFourIsOfTheRest() {
    Lane lane = Lane.EMPTY;
    for (int i = 0; i < 6; i++) {
      lane = lane.withReady(Line.PAGES, lane.pages().added());
      lane = lane.withReady(Line.REST, lane.ready().added());
    }
    StringBuilder left = new StringBuilder();
    for (Line line = lane.next(); line != null; line = lane.next()) {
      left.append(line == Line.PAGES ? 'p' : 'r');
      lane = lane.withReady(line, lane.ready(line).taken());
    }
    assertThat(left).hasToString("ppprppprrrrr");
  }

  @Test
  void laneOfAnEarlierBuild_hasNoPagesInALineOfTheirOwn() {
    ObjectNode stored = Json.MAPPER.valueToTree(Lane.EMPTY);
    stored.remove("pages");
    assertThat(Json.MAPPER.treeToValue(stored, Lane.class)).isEqualTo(Lane.EMPTY);
  }

  @Test
  void lane_survivesItsStore() {
    Lane lane =
        failing(5)
            .issued(NOON)
            .withReady(Line.PAGES, Lane.Ends.EMPTY.added())
            .withPending(Lane.Ends.EMPTY.added(), 1)
            .failing(new Failing(NOON, 5, null))
            .wakingAt(NOON.plusSeconds(1));
    assertThat(lane.pages().isEmpty()).isFalse();
    assertThat(lane.depth()).isEqualTo(1);
    assertThat(lane.failing().attempts()).isEqualTo(5);
    assertThat(lane.wakeAt()).isEqualTo(NOON.plusSeconds(1));
    byte[] stored = Json.MAPPER.writeValueAsBytes(lane);
    assertThat(Json.MAPPER.readValue(stored, Lane.class)).isEqualTo(lane);
  }
}
