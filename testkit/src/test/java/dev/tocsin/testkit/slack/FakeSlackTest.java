// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.Exchange;
import dev.tocsin.testkit.receiver.Fault;
import dev.tocsin.testkit.receiver.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What holds for every method: who may call, how often, and what goes wrong on purpose. */
class FakeSlackTest {

  private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");

  private final AtomicReference<Instant> time = new AtomicReference<>(T0);
  private final FakeSlack slack = FakeSlack.start(0, time::get);
  private final Bot bot = new Bot(slack);

  @AfterEach
  void stop() {
    slack.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth.test",
        "chat.postMessage",
        "chat.update",
        "conversations.history",
        "conversations.replies"
      })
  void everyMethod_needsTheToken_andRefusesWith200(String method) throws IOException {
    assertThat(refused(Map.of(), method)).isEqualTo("not_authed");
    assertThat(refused(Map.of("Authorization", "Basic x"), method)).isEqualTo("not_authed");
    assertThat(refused(Map.of("Authorization", "Bearer x"), method)).isEqualTo("invalid_auth");

    slack.revokeToken(true);
    assertThat(Bot.error(bot.call(method, "{}"))).isEqualTo("invalid_auth");
    slack.revokeToken(false);
    assertThat(Bot.error(bot.call(method, "{}"))).isNotEqualTo("invalid_auth");
    assertThat(slack.messages()).isEmpty();
  }

  @Test
  void authTest_saysWhoTheTokenIs() throws IOException {
    JsonNode self = bot.call("auth.test", "");

    assertThat(self.path("ok").asBoolean()).isTrue();
    assertThat(self.path("user").asString("")).isEqualTo(FakeSlack.BOT);
    assertThat(self.path("url").asString("")).isEqualTo(slack.uri() + "/");
  }

  @Test
  void whatIsNoMethod_isSaidToBeUnknown() throws IOException {
    assertThat(Bot.error(bot.call("chat.sing", "{}"))).isEqualTo("unknown_method");
    assertThat(new Visitor(slack, Map.of()).status("GET", "/", "")).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, {, invalid_json",
    "application/json, [], json_not_object",
    "text/plain, {}, invalid_post_type",
    "application/json, {}, invalid_arguments",
    "application/x-www-form-urlencoded, text=a, invalid_arguments",
    "application/x-www-form-urlencoded, channel=%23ops&text=a+b, ''",
    "application/x-www-form-urlencoded, channel=ops&text=a+b&blocks=%5B%5D, ''",
    "application/x-www-form-urlencoded, channel=ops&text=a+b&blocks=%5B1%5D, invalid_blocks"
  })
  void arguments_areReadByTheirType(String type, String body, String error) throws IOException {
    Visitor visitor = visitor(type);

    JsonNode answer = visitor.json("POST", "/api/chat.postMessage", body);

    assertThat(Bot.error(answer)).isEqualTo(error);
    assertThat(slack.messages())
        .extracting(SlackMessage::text)
        .isEqualTo(error.isEmpty() ? List.of("a b") : List.of());
  }

  @Test
  void messagesBeyondTheRate_areTurnedAway_channelByChannel() throws IOException {
    slack.addChannel("C2", "second");
    slack.limitRate(2);
    assertThat(bot.post("a")).isNotEmpty();
    assertThat(bot.post("b")).isNotEmpty();

    HttpResponse<String> tooMany =
        visitor("application/json")
            .send("POST", "/api/chat.postMessage", "{\"channel\":\"#ops\",\"text\":\"c\"}");

    assertThat(tooMany.statusCode()).isEqualTo(429);
    assertThat(tooMany.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(tooMany.body()).contains("\"ok\":false", "\"error\":\"ratelimited\"");
    assertThat(Bot.error(bot.call("chat.postMessage", "{'channel':'C2','text':'d'}"))).isEmpty();
    time.set(T0.plusMillis(999));
    assertThat(bot.post("e")).isEmpty();
    time.set(T0.plusSeconds(1));
    assertThat(bot.post("f")).isNotEmpty();
    assertThat(bot.post("g")).isEmpty();
    slack.limitRate(0);
    assertThat(bot.post("h")).isNotEmpty();
    assertThat(slack.messages())
        .extracting(SlackMessage::text)
        .containsExactly("a", "b", "d", "f", "h");
  }

  @Test
  void whoReads_needsTheScope() throws IOException {
    slack.allowHistory(false);
    for (String method : List.of("history", "replies")) {
      JsonNode answer = bot.read(method, "channel=" + FakeSlack.CHANNEL);
      assertThat(Bot.error(answer)).isEqualTo("missing_scope");
      assertThat(answer.path("needed").asString("")).isEqualTo("channels:history");
    }
    assertThat(bot.post("writing is allowed")).isNotEmpty();
    slack.allowHistory(true);
    assertThat(Bot.error(bot.history(""))).isEmpty();
  }

  @Test
  void lostAnswer_isAMessageAllTheSame() {
    slack.loseAnswers(1);

    assertThatThrownBy(() -> bot.post("a")).isInstanceOf(IOException.class);
    assertThat(slack.messages()).hasSize(1);
  }

  @Test
  void faults_endWhenItRecovers() throws IOException {
    slack.faults(
        request ->
            request.path().endsWith("chat.postMessage")
                ? new Fault.Refuse(Answer.json(503, Map.of("ok", false)))
                : new Fault.None());
    assertThat(bot.post("a")).isEmpty();
    assertThat(Bot.error(bot.history(""))).isEmpty();
    slack.recover();
    assertThat(bot.post("b")).isNotEmpty();
    assertThat(slack.messages()).extracting(SlackMessage::text).containsExactly("b");
  }

  @Test
  void history_tellsARefusalFromAChange_thoughBothAreAnswered200() throws Exception {
    LinkedBlockingQueue<Exchange> history = new LinkedBlockingQueue<>();
    slack.recordTo(history::add);
    bot.post("a");
    bot.post("");
    new Visitor(slack, Map.of()).status("GET", "/", "");
    slack.failNext(1, 500, Map.of());
    new Visitor(slack, Map.of()).status("GET", "/", "");

    List<Boolean> taken = new ArrayList<>();
    List<Integer> sent = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Exchange exchange = history.poll(60, TimeUnit.SECONDS);
      assertThat(exchange).isNotNull();
      taken.add(FakeSlack.isTaken(exchange));
      sent.add(exchange.sent());
    }
    assertThat(taken).containsExactly(true, false, false, false);
    assertThat(sent).containsExactly(200, 200, 404, 500);
  }

  private String refused(Map<String, String> headers, String method) throws IOException {
    HttpResponse<String> answer = new Visitor(slack, headers).send("POST", "/api/" + method, "");
    assertThat(answer.statusCode()).isEqualTo(200);
    return Bot.error(new Visitor(slack, headers).json("POST", "/api/" + method, ""));
  }

  private Visitor visitor(String type) {
    return new Visitor(
        slack, Map.of("Authorization", "Bearer " + FakeSlack.TOKEN, "Content-Type", type));
  }
}
