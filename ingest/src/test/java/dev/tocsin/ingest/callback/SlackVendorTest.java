// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.ingest.auth.Presented;
import dev.tocsin.ingest.callback.slack.SlackVendor;
import dev.tocsin.ingest.refusal.Refusal;
import dev.tocsin.ingest.refusal.RefusalReason;
import dev.tocsin.ingest.source.Unreadable;
import dev.tocsin.schemas.callback.Callback;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlackVendorTest {

  /** At {@link Webhooks#NOW}, which is 1795341900, by {@link #BODY}. */
  private static final String BY_NEWER =
      "v0=d805f03c8805431ff9fa8c8a4e03c54ee969716ffeaa5b46df123e947be344d4";

  private static final String BY_OLDER =
      "v0=556cc0060fb50bcb1bdcb3fb72e7a0f0d69eba0ea33056150d3c48480a227cc5";

  private static final String BY_ANOTHER =
      "v0=48782b6741cb4aa9dd367a2001ece6a6bbaf0f66b0d44d65d414dd9f716475c7";

  private static final String SIGNED_AT = "1795341900";
  private static final String BODY = "payload=%7B%22type%22%3A%22block_actions%22%7D";

  private final Vendors.Caller slack = caller(List.of("older", "newer"));

  @ParameterizedTest
  @CsvSource({"acknowledge, acknowledged", "resolve, resolved resolved"})
  void pressedButton_isAChange_inTheNameOfWhoPressed(String action, String change) {
    Callback callback = one(pressed(button(action, "inc_1-2", "1795341899.000200")));

    assertThat(Webhooks.inShort(callback.change())).isEqualTo(change);
    assertThat(callback.key()).isEqualTo("slack/C0000OPS1:1795341000.000100");
    assertThat(callback.mark()).isEqualTo("inc_1-2");
    assertThat(callback.by()).isEqualTo("ana");
    assertThat(callback.occurredAt()).isEqualTo(Instant.parse("2026-11-22T10:04:59Z"));
    assertThat(callback.receivedAt()).isEqualTo(Webhooks.NOW);
  }

  @Test
  void repeat_hasTheSameId_andAnotherPressAnother() {
    String first = pressed(button("resolve", "inc_1-2", "1795341899.000200"));
    String again = pressed(button("resolve", "inc_1-2", "1795341899.000201"));
    String ben = first.replace("U0ANA", "U0BEN");

    assertThat(List.of(one(first).id(), one(again).id(), one(ben).id())).doesNotHaveDuplicates();
    assertThat(one(first).id()).isEqualTo(one(first).id());
  }

  @Test
  void personWithoutAName_isCalledByTheirId_andNobodyByTheVendors() {
    String payload = payload(button("resolve", "inc_1-2", "1"));
    String nameless = payload.replace("\"username\":\"ana\",\"name\":\"ana\",", "");
    assertThat(one(form(nameless)).by()).isEqualTo("U0ANA");
    assertThat(one(form(payload.replace("\"user\":", "\"other\":"))).by()).isEqualTo("Slack");
  }

  @Test
  void timeThatCannotBeRead_isWhenItCame() {
    assertThat(one(pressed(button("resolve", "inc_1-2", "soon"))).occurredAt())
        .isEqualTo(Webhooks.NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"view_submission\"}",
        "{\"type\":\"block_actions\"}",
        "{\"type\":\"block_actions\",\"actions\":null}",
        "{\"type\":\"block_actions\",\"actions\":[{\"action_id\":\"open_runbook\"},3]}",
      })
  void otherInteractions_areOfNoUse(String payload) {
    assertThat(read(form(payload))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssl_check=1&token=x", "command=%2Fincident&text=", "{}", "&&", "%"})
  void formWithoutAPayload_isOfNoUse(String form) {
    assertThat(read(form)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payload=",
        "payload=%7",
        "payload=%zz",
        "payload=%7B%7D",
        "payload=%5B%5D",
        "payload=%7B%7D&payload=%7B%7D",
        "payload=oops",
      })
  void whatOughtToBeAnInteraction_isUnreadable(String form) {
    assertUnreadable(form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"channel_id\":\"C0000OPS1\"",
        "\"message_ts\":\"1795341000.000100\"",
        "\"value\":\"inc_1-2\""
      })
  void buttonOfOursWithoutItsPostOrMark_isUnreadable(String member) {
    String payload = payload(button("resolve", "inc_1-2", "1"));
    assertThat(payload).contains(member);
    assertUnreadable(form(payload.replace(member, "\"odd\":{}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {BY_OLDER, BY_NEWER})
  void signatureBySecretsOldAndNew_isRight(String signature) {
    assertThatCode(() -> check(signature, SIGNED_AT, BODY, Webhooks.NOW))
        .doesNotThrowAnyException();
  }

  @Test
  void wrongSecret_anotherTime_andAnotherBody_areRefused() {
    assertRefused(BY_ANOTHER, SIGNED_AT, BODY, 0, "'v0:1795341900:<body>'");
    assertRefused(BY_NEWER, "1795341901", BODY, 0, "X-Slack-Signature");
    assertRefused(BY_NEWER, SIGNED_AT, BODY + "&", 0, "tocsin.ingest.callbacks.slack");
    assertRefused(BY_NEWER.replace("v0=", "v1="), SIGNED_AT, BODY, 0, "is 'v0='");
    assertRefused(BY_NEWER.substring(3), SIGNED_AT, BODY, 0, "is 'v0='");
  }

  @ParameterizedTest
  @ValueSource(ints = {-301, 301, 86_400})
  void rightSignatureMoreThanFiveMinutesOff_isRefused(int seconds) {
    assertRefused(BY_NEWER, SIGNED_AT, BODY, seconds, "perhaps a replay");
  }

  @ParameterizedTest
  @ValueSource(ints = {-300, 300})
  void fiveMinutes_areBorne(int seconds) {
    assertThatCode(() -> check(BY_NEWER, SIGNED_AT, BODY, Webhooks.NOW.plusSeconds(seconds)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "-1795341900", "1795341900.0", "179534190000000"})
  void timeThatIsNoPlainSeconds_isRefused(String time) {
    assertRefused(BY_NEWER, time, BODY, 0, "X-Slack-Request-Timestamp");
  }

  @Test
  void requestWithoutItsTime_isRefused() {
    Presented request = new Webhooks.Shown(Map.of("X-Slack-Signature", BY_NEWER));
    assertThatThrownBy(() -> slack.checkBody(request, bytes(BODY), Webhooks.NOW))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("was absent");
  }

  @Test
  void withoutASecret_thePathIsClosed_andSaysHowItIsOpened() {
    Presented request = new Webhooks.Shown(Map.of("X-Slack-Signature", BY_NEWER));
    assertThatThrownBy(() -> caller(List.of()).checkBeforeBody(request))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(RefusalReason.SOURCE_DISABLED);
              assertThat(refusal.detail()).contains("set tocsin.ingest.callbacks.slack.secret");
            });
  }

  private static Vendors.Caller caller(List<String> secrets) {
    return new Vendors(List.of(new SlackVendor()), Map.of("slack", new CallbackSettings(secrets)))
        .named("slack");
  }

  private void check(String signature, String time, String body, Instant now) {
    Presented request =
        new Webhooks.Shown(
            Map.of("X-Slack-Signature", signature, "X-Slack-Request-Timestamp", time));
    slack.checkBeforeBody(request);
    slack.checkBody(request, bytes(body), now);
  }

  private void assertRefused(
      String signature, String time, String body, int secondsLater, String says) {
    assertThatThrownBy(() -> check(signature, time, body, Webhooks.NOW.plusSeconds(secondsLater)))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(RefusalReason.UNAUTHENTICATED);
              assertThat(refusal.detail()).contains(says);
            });
  }

  private static void assertUnreadable(String form) {
    assertThatThrownBy(() -> Webhooks.read(new SlackVendor(), Map.of(), bytes(form)))
        .isInstanceOf(Unreadable.class);
  }

  private static String button(String action, String mark, String at) {
    return "{\"type\":\"button\",\"action_id\":\"%s\",\"value\":\"%s\",\"action_ts\":\"%s\"}"
        .formatted(action, mark, at);
  }

  private static String payload(String actions) {
    return """
    {"type":"block_actions","user":{"id":"U0ANA","username":"ana","name":"ana","team_id":"T1"},
      "container":{"type":"message","message_ts":"1795341000.000100","channel_id":"C0000OPS1"},
      "trigger_id":"1.2.a","response_url":"https://example.com/x","actions":[%s]}
    """
        .formatted(actions);
  }

  private static String pressed(String actions) {
    return form(payload(actions));
  }

  private static String form(String payload) {
    return "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
  }

  private static Callback one(String form) {
    List<Callback> callbacks = read(form);
    assertThat(callbacks).hasSize(1);
    return callbacks.getFirst();
  }

  private static List<Callback> read(String form) {
    return Webhooks.read(new SlackVendor(), Map.of(), form);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
