// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.jira;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must never be done twice is unknown as soon as it may have been done. */
class JiraOutcomeTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // answer, of a call that may be repeated, of one with an effect each time
    "200, try_again BROKEN_OFF,    unknown BROKEN_OFF",
    "301, try_again REDIRECTED,    try_again REDIRECTED",
    "400, give_up BAD_REQUEST,     give_up BAD_REQUEST",
    "401, try_again UNAUTHORIZED,  try_again UNAUTHORIZED",
    "403, try_again UNAUTHORIZED,  try_again UNAUTHORIZED",
    "404, give_up NOT_FOUND,       give_up NOT_FOUND",
    "409, try_again SERVER_ERROR,  try_again SERVER_ERROR",
    "410, give_up NOT_FOUND,       give_up NOT_FOUND",
    "413, give_up BAD_REQUEST,     give_up BAD_REQUEST",
    "429, try_again RATE_LIMITED,  try_again RATE_LIMITED",
    "500, try_again SERVER_ERROR,  unknown SERVER_ERROR",
    "502, try_again SERVER_ERROR,  unknown SERVER_ERROR",
    "503, try_again SERVER_ERROR,  try_again SERVER_ERROR",
    "504, try_again SERVER_ERROR,  unknown SERVER_ERROR",
    "599, try_again SERVER_ERROR,  unknown SERVER_ERROR",
    "999, try_again SERVER_ERROR,  unknown SERVER_ERROR"
  })
  void answer_comesToAnOutcome(int code, String repeatable, String onceOnly) {
    Reply answered = answered(code, "{}");

    assertThat(words(JiraOutcome.ofRepeatable(answered, NOON))).isEqualTo(repeatable);
    assertThat(words(JiraOutcome.ofOnceOnly(answered, NOON))).isEqualTo(onceOnly);
  }

  @ParameterizedTest
  @CsvSource({
    "UNREACHABLE,       try_again UNREACHABLE,     try_again UNREACHABLE",
    "FORBIDDEN_ADDRESS, give_up FORBIDDEN_ADDRESS, give_up FORBIDDEN_ADDRESS"
  })
  void whatWasNotSent_isNotUnknown(Reason reason, String repeatable, String onceOnly) {
    Reply reply = new Reply.NotSent(reason, "");

    assertThat(words(JiraOutcome.ofRepeatable(reply, NOON))).isEqualTo(repeatable);
    assertThat(words(JiraOutcome.ofOnceOnly(reply, NOON))).isEqualTo(onceOnly);
  }

  @Test
  void whatWasLost_isRepeatedOnlyWhereThatIsHarmless() {
    Reply reply = new Reply.Lost(Reason.TIMEOUT, "");

    assertThat(words(JiraOutcome.ofRepeatable(reply, NOON))).isEqualTo("try_again TIMEOUT");
    assertThat(words(JiraOutcome.ofOnceOnly(reply, NOON))).isEqualTo("unknown TIMEOUT");
  }

  @Test
  void faultyFields_areNamed() {
    assertThat(
            JiraOutcome.detail(
                answered(
                    400, "{\"errorMessages\":[\"Nope.\"],\"errors\":{\"labels\":\"no spaces\"}}")))
        .isEqualTo("400 Nope.; labels: no spaces");
    assertThat(JiraOutcome.detail(answered(502, "<html>Bad\r\ngateway</html>")))
        .isEqualTo("502 <html>Bad gateway</html>");
  }

  private static Reply.Answered answered(int code, String body) {
    return new Reply.Answered(code, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case Outcome.TryAgain o -> o.label() + ' ' + o.reason();
      case Outcome.Unknown o -> o.label() + ' ' + o.reason();
      case Outcome.GiveUp o -> o.label() + ' ' + o.reason();
      case Outcome.Delivered _, Outcome.Absent _ -> outcome.label();
    };
  }
}
