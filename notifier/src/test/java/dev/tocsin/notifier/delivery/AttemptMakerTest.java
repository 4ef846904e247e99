// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.delivery;

import static dev.tocsin.notifier.Samples.NOON;
import static dev.tocsin.notifier.Samples.REPEATING;
import static dev.tocsin.notifier.Samples.page;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.Samples.Scripted;
import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.ChannelCatalog;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptMakerTest {

  private static final Attempt ATTEMPT =
      new Attempt("att_1", 1, Attempt.Mode.SEND, NOON, NOON.plusSeconds(30), null, page("inc1"));

  private static AttemptResult make(long secondsLate, Channel... channels) {
    InstantSource clock = InstantSource.fixed(NOON.plusSeconds(secondsLate));
    return new AttemptMaker(new ChannelCatalog(List.of(channels)), clock).make(ATTEMPT);
  }

  @Test
  void result_namesItsAttempt() {
    AttemptResult result = make(1, new Scripted("pagerduty", REPEATING));
    assertThat(result.attemptId()).isEqualTo("att_1");
    assertThat(result.deliveryId()).isEqualTo("page-inc1");
    assertThat(result.outcome()).isEqualTo(new Outcome.Delivered("receipt"));
  }

  @Test
  void attemptInTheLaterPartOfItsLease_isNotStarted() {
    Channel never =
        new Scripted(
            "pagerduty",
            REPEATING,
            _ -> {
              throw new AssertionError("called");
            });
    assertThat(make(11, never).outcome())
        .isInstanceOfSatisfying(
            Outcome.TryAgain.class, o -> assertThat(o.reason()).isEqualTo(Reason.NOT_STARTED));
  }

  @Test
  void unconfiguredChannel_isNoEndpoint() {
    assertThat(make(0).outcome())
        .isEqualTo(
            new Outcome.GiveUp(
                Reason.NO_ENDPOINT,
                "PagerDuty is not configured: set TOCSIN_PAGERDUTY_ROUTING_KEY"));
  }

  @Test
  void channelThatThrows_leavesItUnknown() {
    Channel broken =
        new Scripted(
            "pagerduty",
            REPEATING,
            _ -> {
              throw new IllegalStateException("bug");
            });
    assertThat(make(0, broken).outcome()).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void longDetail_isCut() {
    Channel chatty =
        new Scripted(
            "pagerduty",
            REPEATING,
            _ -> new Outcome.GiveUp(Reason.BAD_REQUEST, "x".repeat(100_000)));
    assertThat(make(0, chatty).outcome())
        .isInstanceOfSatisfying(
            Outcome.GiveUp.class, o -> assertThat(o.detail()).hasSize(500).endsWith("…"));
  }
}
