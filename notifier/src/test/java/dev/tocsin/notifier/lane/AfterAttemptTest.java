// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import static dev.tocsin.notifier.Samples.NOON;
import static dev.tocsin.notifier.Samples.PROBING;
import static dev.tocsin.notifier.Samples.REPEATING;
import static dev.tocsin.notifier.Samples.page;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.schemas.attempt.Attempt.Mode;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** State × outcome → what follows, as a table. */
class AfterAttemptTest {

  private static final Outcome UNREACHABLE = again(Reason.UNREACHABLE, null);
  private static final Outcome TIMEOUT = new Outcome.Unknown(Reason.TIMEOUT, "");
  private static final Outcome SILENT = new Outcome.Unknown(Reason.LEASE_EXPIRED, "");

  /** The process has the lane since then. */
  private static final Instant LONG_SINCE = NOON.minusSeconds(185);

  private static Outcome again(Reason reason, Duration after) {
    return new Outcome.TryAgain(reason, "", after);
  }

  static Stream<Arguments> table() {
    return Stream.of(
        // profile, failures before, looks before, mode, outcome -> what follows
        row(REPEATING, 0, 0, Mode.SEND, new Outcome.Delivered("r"), "DELIVERED"),
        row(REPEATING, 0, 0, Mode.SEND, giveUp(Reason.BAD_REQUEST), "DEAD"),
        row(REPEATING, 0, 0, Mode.SEND, giveUp(Reason.NO_ENDPOINT), "SEND in 5..5 s"),
        row(REPEATING, 1, 0, Mode.SEND, giveUp(Reason.NO_ENDPOINT), "CANCELLED"),
        row(REPEATING, 0, 0, Mode.SEND, UNREACHABLE, "SEND in 8..12 s"),
        row(REPEATING, 1, 0, Mode.SEND, UNREACHABLE, "SEND in 48..72 s"),
        row(REPEATING, 3, 0, Mode.SEND, UNREACHABLE, "DEAD"),
        row(REPEATING, 0, 0, Mode.SEND, again(Reason.RATE_LIMITED, secs(30)), "SEND in 30..30 s"),
        row(REPEATING, 0, 0, Mode.SEND, again(Reason.RATE_LIMITED, secs(1)), "SEND in 8..12 s"),
        row(
            REPEATING,
            0,
            0,
            Mode.SEND,
            again(Reason.RATE_LIMITED, Duration.ofDays(9)),
            "SEND in 86400..86400 s"),
        row(REPEATING, 3, 0, Mode.SEND, again(Reason.NOT_STARTED, null), "SEND in 5..5 s"),
        row(REPEATING, 0, 0, Mode.SEND, TIMEOUT, "SEND in 8..12 s"),
        row(REPEATING, 0, 0, Mode.SEND, SILENT, "SEND in 0..0 s"),
        row(REPEATING, 3, 0, Mode.SEND, SILENT, "DEAD"),
        row(PROBING, 0, 0, Mode.SEND, UNREACHABLE, "SEND in 8..12 s"),
        row(PROBING, 0, 0, Mode.SEND, TIMEOUT, "PROBE in 5..5 s"),
        row(PROBING, 3, 0, Mode.SEND, SILENT, "PROBE in 5..5 s"),
        row(PROBING, 1, 0, Mode.PROBE, again(Reason.NOT_FOUND, null), "PROBE in 15..15 s"),
        row(PROBING, 1, 1, Mode.PROBE, SILENT, "PROBE in 45..45 s"),
        row(PROBING, 1, 2, Mode.PROBE, UNREACHABLE, "PROBE in 120..120 s"),
        row(PROBING, 1, 3, Mode.PROBE, again(Reason.NOT_FOUND, null), "SEND in 0..0 s"),
        row(PROBING, 1, 3, Mode.PROBE, UNREACHABLE, "PROBE in 120..120 s"),
        row(PROBING, 1, 5, Mode.PROBE, UNREACHABLE, "PROBE in 480..720 s"),
        row(PROBING, 1, 6, Mode.PROBE, UNREACHABLE, "DEAD"),
        row(PROBING, 1, 0, Mode.PROBE, new Outcome.Absent(), "SEND in 0..0 s"),
        row(PROBING, 3, 0, Mode.PROBE, new Outcome.Absent(), "SEND in 0..0 s"),
        row(PROBING, 4, 0, Mode.PROBE, new Outcome.Absent(), "DEAD"),
        row(PROBING, 4, 0, Mode.PROBE, new Outcome.Delivered("OPS-1"), "DELIVERED"),
        row(PROBING, 1, 0, Mode.PROBE, giveUp(Reason.UNAUTHORIZED), "DEAD"));
  }

  @ParameterizedTest(name = "{1} failures, {2} looks, {3}, {4}: {5}")
  @MethodSource("table")
  void outcome_decidesWhatFollows(
      LaneProfile profile, int failures, int looks, Mode mode, Outcome outcome, String expected) {
    LaneDelivery before =
        LaneDelivery.planned(page("inc1"), 1, null, null).counting(failures, looks, null);
    Stage.InFlight attempt =
        new Stage.InFlight("att_1", mode, NOON.minusSeconds(1), NOON.plusSeconds(29), null);
    LaneDelivery after =
        new AfterAttempt(before, attempt, profile, LONG_SINCE).decide(outcome, NOON);
    switch (after.stage()) {
      case Stage.Over over -> assertThat(over.status().name()).isEqualTo(expected);
      case Stage.Resting resting -> {
        String[] wanted = expected.split(" in |\\.\\.| s");
        assertThat(resting.mode().name()).isEqualTo(wanted[0]);
        assertThat(resting.until())
            .isBetween(
                NOON.plusSeconds(Long.parseLong(wanted[1])),
                NOON.plusSeconds(Long.parseLong(wanted[2])));
      }
      default -> throw new AssertionError(after.stage());
    }
  }

  @Test
  void lookedToTheEnd_butPartlyByAnotherProcess_looksOn() {
    LaneDelivery before =
        LaneDelivery.planned(page("inc1"), 1, NOON.minusSeconds(600), null)
            .counting(1, 3, NOON.minusSeconds(600));
    Stage.InFlight probe =
        new Stage.InFlight("att_1", Mode.PROBE, NOON.minusSeconds(1), NOON.plusSeconds(29), null);
    LaneDelivery after =
        new AfterAttempt(before, probe, PROBING, LONG_SINCE.plusMillis(1))
            .decide(again(Reason.NOT_FOUND, null), NOON);
    assertThat(after.stage()).isEqualTo(new Stage.Resting(Mode.PROBE, NOON.plusSeconds(120)));
  }

  @ParameterizedTest
  @CsvSource({"'', BAD_REQUEST", "no such key, BAD_REQUEST: no such key"})
  void refusal_isSaidWithItsReason(String detail, String said) {
    LaneDelivery before = LaneDelivery.planned(page("inc1"), 1, null, null);
    Stage.InFlight attempt =
        new Stage.InFlight("att_1", Mode.SEND, NOON, NOON.plusSeconds(30), null);
    LaneDelivery after =
        new AfterAttempt(before, attempt, REPEATING, LONG_SINCE)
            .decide(new Outcome.GiveUp(Reason.BAD_REQUEST, detail), NOON);
    assertThat(after.detail()).isEqualTo(said);
  }

  private static Outcome giveUp(Reason reason) {
    return new Outcome.GiveUp(reason, "why");
  }

  private static Duration secs(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Arguments row(Object... cells) {
    return Arguments.of(cells);
  }
}
