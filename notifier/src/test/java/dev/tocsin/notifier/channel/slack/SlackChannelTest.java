// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.notifier.channel.Channel;
import dev.tocsin.notifier.channel.ChannelContract;
import dev.tocsin.notifier.channel.call.CallLimits;
import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.incident.IncidentStatus;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Content.Link;
import dev.tocsin.schemas.notification.Content.Paragraph;
import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.FakeReceiver;
import dev.tocsin.testkit.receiver.Request;
import dev.tocsin.testkit.slack.FakeSlack;
import dev.tocsin.testkit.slack.SlackMessage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SlackChannelTest extends ChannelContract {

  private static final Content.Post POST = new Content.Post("inc_1-1", card("checkout is down"));
  private static final Content.PostReply REPLY =
      new Content.PostReply(
          "inc_1-1", "dlv_2", false, List.of(new Paragraph("Note", List.of("ana: on it"))));

  private final AtomicReference<Instant> time = new AtomicReference<>(AT);
  private FakeSlack slack;

  private static Content.Card card(String headline) {
    return card(headline, IncidentStatus.OPEN);
  }

  private static Content.Card card(String headline, IncidentStatus status) {
    return new Content.Card(
        headline,
        Severity.CRITICAL,
        status,
        "Open since 10:00.",
        List.of(new Paragraph("Firing", List.of("errors at 12 %", "latency at 3 s"))),
        List.of(new Link("Incident in Tocsin", "http://localhost:8081/incidents/inc_1")));
  }

  @Override
  protected FakeReceiver startReceiver() {
    slack = FakeSlack.start(0, time::get);
    return slack;
  }

  @Override
  protected HttpCalls calls(CallLimits limits) {
    return HttpCalls.anywhere(limits);
  }

  @Override
  protected Channel channelTo(URI receiver, HttpCalls calls) {
    return new SlackChannel(settings(receiver), calls, time::get);
  }

  @Override
  protected Content content() {
    return POST;
  }

  @Override
  protected int effects() {
    return slack.messages().size();
  }

  @Override
  protected String idempotencyKey(Request request) {
    return request.json().path("metadata").path("event_payload").path("mark").asString();
  }

  @Override
  protected Class<? extends Outcome> onServerError() {
    return Outcome.Unknown.class;
  }

  @Override
  protected Class<? extends Outcome> onBadRequest() {
    return Outcome.GiveUp.class;
  }

  @Test
  void post_saysHowItStands_andUnfoldsNoLink() {
    String receipt = posted();

    SlackMessage message = slack.messages().getFirst();
    assertThat(receipt).isEqualTo(FakeSlack.CHANNEL + ':' + message.ts());
    assertThat(message.text()).isEqualTo("CRITICAL: checkout is down (open)");
    assertThat(message.blocks().toString())
        .contains("checkout is down", "Open since 10:00.", "errors at 12 %", "/incidents/inc_1");
    assertThat(slack.requests().getFirst().json().path("unfurl_links").asBoolean(true)).isFalse();
  }

  @Test
  void edit_changesThePost_andMayBeMadeAgain() {
    String receipt = posted();
    Content edit = new Content.PostEdit("inc_1-1", card("checkout is slow"));
    slack.loseAnswers(1);

    assertThat(channel().send(attempt(1, edit, receipt))).isInstanceOf(Outcome.TryAgain.class);
    assertThat(channel().probe(probe(2, edit, receipt))).isEqualTo(new Outcome.Absent());
    assertThat(channel().send(attempt(3, edit, receipt))).isEqualTo(new Outcome.Delivered(receipt));
    assertThat(slack.messages())
        .singleElement()
        .satisfies(m -> assertThat(m.text()).contains("checkout is slow"));
  }

  @Test
  void reply_goesIntoTheThread_andALoudOneIntoTheChannelToo() {
    String receipt = posted();
    Content loud = new Content.PostReply("inc_1-1", "dlv_3", true, REPLY.text());

    assertThat(channel().send(attempt(1, REPLY, receipt))).isInstanceOf(Outcome.Delivered.class);
    assertThat(channel().send(attempt(1, loud, receipt))).isInstanceOf(Outcome.Delivered.class);

    String head = slack.messages().getFirst().ts();
    assertThat(slack.replies(head))
        .extracting(SlackMessage::isBroadcast)
        .containsExactly(false, true);
    assertThat(slack.replies(head).getFirst().blocks().toString()).contains("ana: on it");
  }

  @Test
  void replyWhoseAnswerWasLost_isFoundInTheThread() {
    String receipt = posted();
    slack.loseAnswers(1);
    channel().send(attempt(1, REPLY, receipt));

    assertThat(channel().probe(probe(2, REPLY, receipt))).isInstanceOf(Outcome.Delivered.class);
    assertThat(channel().send(attempt(3, REPLY, receipt))).isInstanceOf(Outcome.Delivered.class);
    assertThat(slack.messages()).hasSize(2);
  }

  @Test
  void postWhoseAnswerWasLost_isFoundInTheHistory_behindManyOthers() {
    slack.loseAnswers(1);
    channel().send(attempt(1, POST));
    for (int i = 0; i < 450; i++) {
      slack.writeByHand(FakeSlack.CHANNEL, "ana", "chatter " + i);
    }

    assertThat(channel().probe(probe(2, POST, null)))
        .isEqualTo(
            new Outcome.Delivered(FakeSlack.CHANNEL + ':' + slack.messages().getFirst().ts()));
  }

  @Test
  void postWhoseAnswerWasLost_isFoundAmongLongMessages() {
    slack.loseAnswers(1);
    channel().send(attempt(1, POST));
    writeLongMessagesByHand(150);

    try (HttpCalls calls = HttpCalls.anywhere(SlackChannel.LIMITS)) {
      Channel channel = channelTo(slack.uri(), calls);
      assertThat(channel.probe(probe(2, POST, null))).isInstanceOf(Outcome.Delivered.class);
    }
  }

  @Test
  void historyThatIsCut_isReadAgain_andShownToNobody() {
    writeLongMessagesByHand(10);

    assertThat(channel().probe(probe(30, POST, null)))
        .isEqualTo(
            new Outcome.TryAgain(
                Reason.SERVER_ERROR, "200 and what is no JSON: 65536 bytes were read", null));
  }

  private void writeLongMessagesByHand(int messages) {
    for (int i = 0; i < messages; i++) {
      slack.writeByHand(FakeSlack.CHANNEL, "ana", "log ".repeat(4_000));
    }
  }

  @ParameterizedTest
  @CsvSource({"OPEN, acknowledge resolve", "ACKNOWLEDGED, resolve", "RESOLVED, ''"})
  void buttons_areForWhatIsLeftToDo(IncidentStatus status, String ids) {
    Channel channel = new SlackChannel(settings(slack.uri(), true), calls(), time::get);
    Content.Post post = new Content.Post("inc_1-1", card("checkout is down", status));

    Outcome outcome = channel.send(attempt(1, post));
    assertThat(buttons()).isEqualTo(ids);
    String receipt = ((Outcome.Delivered) outcome).receipt();
    Content edit = new Content.PostEdit("inc_1-1", card("checkout is slow", status));
    assertThat(channel.send(attempt(2, edit, receipt))).isInstanceOf(Outcome.Delivered.class);
    assertThat(buttons()).isEqualTo(ids);
  }

  @Test
  void button_carriesThePostsMark_andToResolveIsConfirmed() {
    Channel channel = new SlackChannel(settings(slack.uri(), true), calls(), time::get);
    channel.send(attempt(1, POST));

    SlackMessage message = slack.messages().getFirst();
    JsonNode acknowledge = message.button("acknowledge").orElseThrow().element();
    JsonNode resolve = message.button("resolve").orElseThrow().element();
    assertThat(acknowledge.path("value").asString()).isEqualTo("inc_1-1");
    assertThat(acknowledge.has("confirm")).isFalse();
    assertThat(resolve.path("value").asString()).isEqualTo("inc_1-1");
    assertThat(resolve.path("confirm").path("confirm").path("text").asString())
        .isEqualTo("Resolve");
  }

  @Test
  void withoutTheSetting_thereAreNoButtons() {
    posted();
    assertThat(buttons()).isEmpty();
  }

  /** The ids of those that the first message has now. */
  private String buttons() {
    SlackMessage message = slack.messages().getFirst();
    return Stream.of("acknowledge", "resolve")
        .filter(id -> message.button(id).isPresent())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({"29, false", "30, true"})
  void probe_saysAbsentOnlyWhenTheRequestMustBeOver(int seconds, boolean absent) {
    Outcome outcome = channel().probe(probe(seconds, POST, null));

    assertThat(outcome)
        .isEqualTo(
            absent
                ? new Outcome.Absent()
                : new Outcome.TryAgain(
                    Reason.NOT_FOUND, "not to be seen yet", Duration.ofSeconds(15)));
  }

  @Test
  void whereNobodyCanLook_aSecondMessageIsBetterThanNone() {
    slack.allowHistory(false);
    slack.loseAnswers(1);
    channel().send(attempt(1, POST));

    assertThat(channel().probe(probe(30, POST, null))).isEqualTo(new Outcome.Absent());
    assertThat(channel().send(attempt(3, POST))).isInstanceOf(Outcome.Delivered.class);
  }

  @Test
  void slackThatDoesNotAnswer_isAskedAgain() {
    slack.failNext(1, 500, Map.of());

    assertThat(channel().probe(probe(30, POST, null))).isInstanceOf(Outcome.TryAgain.class);
  }

  @Test
  void revokedToken_isTriedAgainInFiveMinutes() {
    slack.revokeToken(true);

    assertThat(channel().send(attempt(1, POST)))
        .isEqualTo(
            new Outcome.TryAgain(Reason.UNAUTHORIZED, "invalid_auth", Duration.ofMinutes(5)));
  }

  @Test
  void channelWithoutTheApp_isTriedAgain_untilSomebodyInvitesIt() {
    slack.removeBotByHand(FakeSlack.CHANNEL);
    assertThat(channel().send(attempt(1, POST)))
        .isEqualTo(new Outcome.TryAgain(Reason.NOT_FOUND, "not_in_channel", Duration.ofMinutes(5)));

    slack.inviteBotByHand(FakeSlack.CHANNEL);
    assertThat(channel().send(attempt(2, POST))).isInstanceOf(Outcome.Delivered.class);
  }

  @Test
  void postThatSomebodyDeleted_isNotWrittenAgain() {
    String receipt = posted();
    slack.deleteByHand(slack.messages().getFirst());

    assertThat(channel().send(attempt(1, new Content.PostEdit("inc_1-1", card("x")), receipt)))
        .isEqualTo(
            new Outcome.GiveUp(
                Reason.NO_ENDPOINT, "somebody took the post away: message_not_found"));
    assertThat(slack.messages()).isEmpty();
  }

  @Test
  void channelThatIsNotNamed_isNoEndpoint() {
    SlackSettings settings = settings(slack.uri());
    assertThat(settings.channelOf("slack/payments")).isEqualTo("C0000PAY1");
    assertThat(settings.channelOf("slack/default")).isEqualTo(FakeSlack.CHANNEL);
    assertThat(settings.channelOf("slack/shop")).isNull();
  }

  @Test
  void hugePost_isCutUntilSlackTakesIt() {
    Content.Card huge =
        new Content.Card(
            "\"<!channel>\" ".repeat(100),
            Severity.INFO,
            IncidentStatus.OPEN,
            "é\"\\".repeat(5_000),
            Collections.nCopies(
                80, new Paragraph("h".repeat(400), List.of("\"\n\u0001".repeat(4_000)))),
            Collections.nCopies(
                30, new Link("l".repeat(500), "https://example.com/" + "a".repeat(1_500))));

    Channel channel = new SlackChannel(settings(slack.uri(), true), calls(), time::get);
    assertThat(channel.send(attempt(1, new Content.Post("inc_1-1", huge))))
        .isInstanceOf(Outcome.Delivered.class);
    SlackMessage message = slack.messages().getFirst();
    assertThat(message.text()).doesNotContain("<!channel>").contains("&lt;!channel&gt;");
    assertThat(message.blocks().toString()).contains("more are left out", "https://example.com/");
    assertThat(buttons()).isEqualTo("acknowledge resolve");
  }

  @Test
  void refusedBlocks_costAMessageItsLooks_andNotTheMessage() {
    Answer refused = Answer.json(200, Map.of("ok", false, "error", "invalid_blocks"));
    slack.failNext(1, refused);
    String receipt = posted();
    slack.failNext(1, refused);
    channel().send(attempt(1, REPLY, receipt));
    assertThat(slack.messages())
        .extracting(SlackMessage::text)
        .containsExactly("CRITICAL: checkout is down (open) … [cut]", "Note ana: on it … [cut]");
    assertThat(channel().probe(probe(2, POST, null))).isEqualTo(new Outcome.Delivered(receipt));

    slack.failNext(1, refused);
    Content over = new Content.PostEdit("inc_1-1", card("checkout", IncidentStatus.RESOLVED));
    assertThat(channel().send(attempt(1, over, receipt))).isEqualTo(new Outcome.Delivered(receipt));
    SlackMessage message = slack.messages().getFirst();
    assertThat(message.text()).isEqualTo("CRITICAL: checkout (resolved) … [cut]");
    assertThat(message.blocks()).isEmpty();
  }

  @Test
  void replyThatSaysNothing_isGivenUp() {
    Content nothing = new Content.PostReply("inc_1-1", "dlv_2", false, List.of());

    assertThat(channel().send(attempt(1, nothing, posted()))).isInstanceOf(Outcome.GiveUp.class);
  }

  private static SlackSettings settings(URI slack) {
    return settings(slack, false);
  }

  private static SlackSettings settings(URI slack, boolean buttons) {
    return new SlackSettings(
        slack, FakeSlack.TOKEN, FakeSlack.CHANNEL, Map.of("payments", "C0000PAY1"), buttons, 50);
  }

  private String posted() {
    Outcome outcome = channel().send(attempt(1, POST));
    assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
    return ((Outcome.Delivered) outcome).receipt();
  }

  /** So many seconds after an attempt ended as unknown. */
  private Attempt probe(int seconds, Content content, String needed) {
    Attempt send = attempt(2, content, needed);
    return new Attempt(
        send.id(),
        send.n(),
        Attempt.Mode.PROBE,
        AT.plusSeconds(seconds),
        AT.plusSeconds(seconds + 60),
        needed,
        AT,
        send.notification());
  }
}
