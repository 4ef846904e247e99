// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import static dev.tocsin.notifier.Samples.NOON;
import static dev.tocsin.notifier.Samples.REPEATING;
import static dev.tocsin.notifier.Samples.comment;
import static dev.tocsin.notifier.Samples.page;
import static dev.tocsin.notifier.Samples.resolve;
import static dev.tocsin.notifier.Samples.ticket;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.LaneProfile;
import dev.tocsin.schemas.attempt.Attempt.Mode;
import dev.tocsin.schemas.notification.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is hedged, and when, as a table. The lease is 30 s, the schedule 1 s, 10 s and a minute. */
class HedgeTest {

  private static final LaneProfile HEDGED =
      new LaneProfile(
              2,
              0,
              Duration.ofSeconds(30),
              List.of(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(60)),
              LaneProfile.AfterUnknown.REPEAT)
          .hedgingAfter(Duration.ofSeconds(5));

  static Stream<Arguments> table() {
    return Stream.of(
        // profile, notification, steps used up, mode -> seconds from now; none
        Arguments.of(HEDGED, page("inc1"), 0, Mode.SEND, 5, 5),
        Arguments.of(HEDGED, page("inc1"), 1, Mode.SEND, 8, 12),
        Arguments.of(HEDGED, page("inc1"), 2, Mode.SEND, -1, -1),
        Arguments.of(HEDGED, page("inc1"), 3, Mode.SEND, -1, -1),
        Arguments.of(HEDGED.hedgingAfter(ofSeconds(29)), page("inc1"), 0, Mode.SEND, 29, 29),
        Arguments.of(HEDGED.hedgingAfter(ofSeconds(30)), page("inc1"), 0, Mode.SEND, -1, -1),
        Arguments.of(HEDGED, page("inc1"), 0, Mode.PROBE, -1, -1),
        Arguments.of(HEDGED, resolve("inc1"), 0, Mode.SEND, -1, -1),
        Arguments.of(HEDGED, ticket("inc1"), 0, Mode.SEND, -1, -1),
        Arguments.of(HEDGED, comment("inc1"), 0, Mode.SEND, -1, -1),
        Arguments.of(REPEATING, page("inc1"), 0, Mode.SEND, -1, -1));
  }

  @Test
  void hedge_comesWhenTheAttemptWouldHaveRestedForLongEnough() {
    LaneDelivery delivery = LaneDelivery.planned(page("inc1"), 1, null, null).counting(1, 0, null);
    Duration rest = Retry.pause(HEDGED.schedule(), 2, delivery.attemptId(2), null);
    assertThat(Hedge.due(delivery, Mode.SEND, HEDGED, NOON)).isEqualTo(NOON.plus(rest));
  }

  @ParameterizedTest
  @MethodSource("table")
  void onlyPages_areHedged(
      LaneProfile profile, Notification n, int failures, Mode mode, int earliest, int latest) {
    LaneDelivery delivery =
        LaneDelivery.planned(n, failures, null, null).counting(failures, 0, null);
    Instant due = Hedge.due(delivery, mode, profile, NOON);
    if (earliest < 0) {
      assertThat(due).isNull();
    } else {
      assertThat(due).isBetween(NOON.plusSeconds(earliest), NOON.plusSeconds(latest));
    }
  }
}
