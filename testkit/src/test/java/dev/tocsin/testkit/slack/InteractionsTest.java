// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.testkit.callback.WebhookSender;
import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.Exchange;
import dev.tocsin.testkit.receiver.FakeReceiver;
import dev.tocsin.testkit.receiver.Request;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Slack documents of a pressed button, and of the signature on what it posts then. */
class InteractionsTest {

  private static final Instant T0 = Instant.ofEpochSecond(1_800_000_000);
  private static final String SECRET = "not-a-secret";
  private static final String CARD =
      """
      ,'blocks':[
        {'type':'section','text':{'type':'mrkdwn','text':'down'},
         'accessory':{'type':'button','text':{'type':'plain_text','text':'Open'},
                      'action_id':'open','url':'https://t.example'}},
        {'type':'actions','block_id':'answers','elements':[
          {'type':'button','text':{'type':'plain_text','text':'Acknowledge'},
           'action_id':'acknowledge','value':'incident-1 & \u00e9'}]}]\
      """;

  /** Answers as told. */
  private static final class App extends FakeReceiver {

    private final LinkedBlockingQueue<Exchange> heard = new LinkedBlockingQueue<>();

    App() {
      super(InstantSource.fixed(T0));
      recordTo(heard::add);
      listen(0);
    }

    @Override
    protected Answer answer(Request request) {
      return Answer.empty(200);
    }

    Request next() throws InterruptedException {
      return Objects.requireNonNull(heard.poll(60, TimeUnit.SECONDS)).request();
    }
  }

  private final App app = new App();
  private final FakeSlack slack = FakeSlack.start(0, () -> T0);
  private final Bot bot = new Bot(slack);
  private final WebhookSender sender = slack.sendInteractionsTo(app.uri(), SECRET);

  @BeforeEach
  void post() throws IOException {
    assertThat(Bot.error(bot.post("down", CARD))).isEmpty();
  }

  @AfterEach
  void stop() {
    sender.close();
    slack.close();
    app.close();
  }

  @Test
  void press_isPostedAsAForm_withWhoPressedWhatAndWhere() throws Exception {
    SlackMessage card = slack.messages().getFirst();
    slack.pressByHand(card, "acknowledge", "ann");

    Request request = app.next();
    assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(request.form()).containsOnlyKeys("payload");
    JsonNode payload = payload(request);
    assertThat(payload.path("type").asString("")).isEqualTo("block_actions");
    assertThat(payload.path("user").path("name").asString("")).isEqualTo("ann");
    assertThat(payload.path("user").path("id").asString("")).matches("U[0-9A-F]{8}");
    assertThat(payload.path("user").path("team_id")).isEqualTo(payload.path("team").path("id"));
    assertThat(payload.path("channel").path("id").asString("")).isEqualTo(FakeSlack.CHANNEL);
    assertThat(payload.path("channel").path("name").asString("")).isEqualTo(FakeSlack.CHANNEL_NAME);
    assertThat(payload.path("message").path("ts").asString("")).isEqualTo(card.ts());
    assertThat(payload.path("container").path("message_ts").asString("")).isEqualTo(card.ts());
    assertThat(payload.path("response_url").asString("")).startsWith("http://127.0.0.1:");
    assertThat(payload.path("actions").size()).isEqualTo(1);
    JsonNode action = payload.path("actions").path(0);
    assertThat(action.path("type").asString("")).isEqualTo("button");
    assertThat(action.path("action_id").asString("")).isEqualTo("acknowledge");
    assertThat(action.path("block_id").asString("")).isEqualTo("answers");
    assertThat(action.path("value").asString("")).isEqualTo("incident-1 & \u00e9");
    assertThat(action.path("action_ts").asString("")).isEqualTo("1800000000.000000");
  }

  @Test
  void press_isSigned_overItsTimeAndItsBytes() throws Exception {
    slack.pressByHand(slack.messages().getFirst(), "acknowledge", "ann");

    Request request = app.next();
    assertThat(request.header("X-Slack-Request-Timestamp")).isEqualTo("1800000000");
    assertThat(request.header("X-Slack-Signature"))
        .isEqualTo("v0=" + hmac("v0:1800000000:" + request.text()));
  }

  @Test
  void buttonBesideASection_isFoundToo_andEachPressHasItsOwnTrigger() throws Exception {
    SlackMessage card = slack.messages().getFirst();
    slack.pressByHand(card, "open", "ann");
    slack.pressByHand(card, "open", "ben");

    JsonNode first = payload(app.next());
    JsonNode second = payload(app.next());
    assertThat(first.path("actions").path(0).path("block_id").asString("")).isEqualTo("slack-1");
    assertThat(first.path("actions").path(0).has("value")).isFalse();
    assertThat(first.path("trigger_id")).isNotEqualTo(second.path("trigger_id"));
    assertThat(first.path("user").path("id")).isNotEqualTo(second.path("user").path("id"));
  }

  @Test
  void press_isToldOnce_whateverIsAnswered() throws Exception {
    SlackMessage card = slack.messages().getFirst();
    app.failNext(1, 500, Map.of());
    slack.pressByHand(card, "acknowledge", "ann");
    slack.pressByHand(card, "acknowledge", "ben");

    assertThat(payload(app.next()).path("user").path("name").asString("")).isEqualTo("ann");
    assertThat(payload(app.next()).path("user").path("name").asString("")).isEqualTo("ben");
  }

  @Test
  void buttonThatIsNotThere_cannotBePressed() {
    SlackMessage card = slack.messages().getFirst();

    assertThatThrownBy(() -> slack.pressByHand(card, "sing", "ann"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sing");
  }

  @Test
  void press_needsSomebodyToTell() {
    try (FakeSlack lonely = FakeSlack.start()) {
      assertThatThrownBy(
              () -> lonely.pressByHand(slack.messages().getFirst(), "acknowledge", "ann"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("sendInteractionsTo");
    }
  }

  private static JsonNode payload(Request request) {
    return JsonMapper.shared().readTree(request.form().get("payload").getFirst());
  }

  private static String hmac(String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    return "%064x".formatted(new BigInteger(1, hash));
  }
}
