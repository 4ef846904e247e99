// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackOutcomeTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:05:00Z");

  @ParameterizedTest
  @CsvSource({
    "external_channel_migrating, SERVER_ERROR",
    "service_unavailable, SERVER_ERROR",
    "message_limit_exceeded, RATE_LIMITED",
    "team_access_not_granted, UNAUTHORIZED",
    "two_factor_setup_required, UNAUTHORIZED",
    "restricted_action, NOT_FOUND"
  })
  void whatPasses_orSomebodyCanMend_isTriedAgain(String error, Reason reason) {
    assertThat(SlackOutcome.ofOnceOnly(refused("\"" + error + "\""), NOW))
        .isInstanceOfSatisfying(
            Outcome.TryAgain.class, again -> assertThat(again.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "message_not_found, somebody took the post away: message_not_found",
    "cant_update_message, the post cannot be changed any more: cant_update_message",
    "edit_window_closed, the post cannot be changed any more: edit_window_closed"
  })
  void postThatIsOutOfReach_isNoEndpoint(String error, String detail) {
    assertThat(SlackOutcome.ofRepeatable(refused("\"" + error + "\""), NOW))
        .isEqualTo(new Outcome.GiveUp(Reason.NO_ENDPOINT, detail));
  }

  @Test
  void refusal_isGivenUp_withAllThatSlackSaysOfIt() {
    assertThat(
            SlackOutcome.ofOnceOnly(
                refused("\"invalid_arguments\",\"errors\":[\"must be a string: ts\"]"), NOW))
        .isEqualTo(
            new Outcome.GiveUp(
                Reason.BAD_REQUEST,
                "200 {\"ok\":false,\"error\":\"invalid_arguments\",\"errors\":[\"must be a string: ts\"]}"));
  }

  private static Reply refused(String error) {
    String body = "{\"ok\":false,\"error\":" + error + "}";
    return new Reply.Answered(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }
}
