// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.LaneProfile.Patience;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailingTest {

  private static final Patience PATIENCE = new Patience(Duration.ofDays(5), 10);
  private static final Outcome REFUSED = new Outcome.GiveUp(Reason.BAD_REQUEST, "400");
  private static final Outcome GONE = new Outcome.GiveUp(Reason.GONE, "410");

  @ParameterizedTest
  @EnumSource
  void failure_countsWhereTheEndpointWasAsked_andAnsweredOrNot(Reason reason) {
    boolean counts =
        switch (reason) {
          case LEASE_EXPIRED, WORKER_ENDED, NOT_STARTED, NEED_FAILED, NO_ENDPOINT -> false;
          default -> true;
        };
    Failing before = new Failing(NOON, 1, null);
    Failing counted = new Failing(NOON, 2, null);
    Instant later = NOON.plusSeconds(60);
    for (Outcome outcome :
        new Outcome[] {
          new Outcome.TryAgain(reason, "", null),
          new Outcome.Unknown(reason, ""),
          new Outcome.GiveUp(reason, "")
        }) {
      assertThat(Failing.after(before, outcome, later)).isEqualTo(counts ? counted : before);
      assertThat(Failing.after(null, outcome, later))
          .isEqualTo(counts ? new Failing(later, 1, null) : null);
    }
  }

  @Test
  void delivery_endsIt_andAProbesAnswerSaysNothing() {
    Failing before = new Failing(NOON, 7, null);

    assertThat(Failing.after(before, new Outcome.Delivered("r"), NOON)).isNull();
    assertThat(Failing.after(before, new Outcome.Absent(), NOON)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    // failing for so many seconds, attempts, given up for it
    "431999, 10, false",
    "432000,  9, false",
    "432000, 10, true",
    "864000, 99, true",
    "0,      99, false"
  })
  void endpoint_isGivenUp_afterDaysAndAttempts(long seconds, int attempts, boolean expected) {
    Failing failing = new Failing(NOON, attempts, null);

    assertThat(failing.whyGiveUp(PATIENCE, REFUSED, NOON.plusSeconds(seconds)) != null)
        .isEqualTo(expected);
  }

  @Test
  void endpointThatIsGone_isGivenUpAtOnce_andOnce() {
    Failing failing = Failing.after(null, GONE, NOON);

    assertThat(failing.whyGiveUp(PATIENCE, GONE, NOON)).contains("gone for good");
    assertThat(failing.givenUp(NOON).whyGiveUp(PATIENCE, GONE, NOON)).isNull();
  }

  @Test
  void whatWasUnderWayWhenItWasGivenUp_isOfTheOldBeginning_laterIsOfANewOne() {
    Failing over = new Failing(NOON.minusSeconds(999), 12, null).givenUp(NOON);

    assertThat(Failing.after(over, REFUSED, NOON.plusSeconds(60)))
        .isEqualTo(new Failing(NOON.minusSeconds(999), 13, NOON));
    assertThat(Failing.after(over, REFUSED, NOON.plusSeconds(61)))
        .isEqualTo(new Failing(NOON.plusSeconds(61), 1, null));
  }
}
