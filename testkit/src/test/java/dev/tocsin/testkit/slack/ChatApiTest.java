// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What Slack documents of writing messages and changing them. */
class ChatApiTest {

  private static final Instant T0 = Instant.parse("2026-11-22T10:00:00.5Z");
  private static final String NOBODYS = "1000000000.000001";
  private static final String DIVIDER = ",'blocks':[{'type':'divider'}]";

  private final AtomicReference<Instant> time = new AtomicReference<>(T0);
  private final FakeSlack slack = FakeSlack.start(0, time::get);
  private final Bot bot = new Bot(slack);

  @AfterEach
  void stop() {
    slack.close();
  }

  @Test
  void posted_isAnsweredWithChannelAndTs_andIsNotIdempotent() throws IOException {
    JsonNode first = bot.post("down", "");
    JsonNode second = bot.post("down", "");

    assertThat(first.path("channel").asString("")).isEqualTo(FakeSlack.CHANNEL);
    assertThat(first.path("ts").asString("")).isEqualTo("1795341600.500000");
    assertThat(first.path("message").path("text").asString("")).isEqualTo("down");
    assertThat(second.path("ts").asString("")).isEqualTo("1795341600.500001");
    assertThat(slack.messages(FakeSlack.CHANNEL)).hasSize(2);
  }

  @Test
  void ts_increases_alsoWhenTheClockGoesBack() throws IOException {
    bot.post("a");
    time.set(T0.minusSeconds(5));
    bot.post("b");
    time.set(T0.plusSeconds(5));
    bot.post("c");

    assertThat(slack.messages())
        .extracting(SlackMessage::ts)
        .containsExactly("1795341600.500000", "1795341600.500001", "1795341605.500000");
  }

  @ParameterizedTest
  @ValueSource(strings = {FakeSlack.CHANNEL, FakeSlack.CHANNEL_NAME, "#" + FakeSlack.CHANNEL_NAME})
  void channel_isFoundByIdAndName_andAnsweredById(String channel) throws IOException {
    JsonNode answer =
        bot.call("chat.postMessage", "{'channel':'%s','text':'a'}".formatted(channel));

    assertThat(answer.path("channel").asString("")).isEqualTo(FakeSlack.CHANNEL);
  }

  @Test
  void update_knowsAChannelByItsIdAlone() throws IOException {
    String ts = bot.post("a");

    assertThat(
            Bot.error(
                bot.call("chat.update", "{'channel':'#ops','ts':'%s','text':'b'}".formatted(ts))))
        .isEqualTo("channel_not_found");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'text':'a'} | invalid_arguments",
        "{'channel':'C9','text':'a'} | channel_not_found",
        "{'channel':'ops'} | no_text",
        "{'channel':'ops','text':' ','blocks':[]} | no_text",
        "{'channel':'ops','text':'a','blocks':{}} | invalid_blocks_format",
        "{'channel':'ops','text':'a','blocks':'['} | invalid_blocks_format",
        "{'channel':'ops','text':'a','thread_ts':'" + NOBODYS + "'} | thread_not_found",
        "{'channel':'ops','text':'a','metadata':{'event_type':'t'}} | invalid_metadata_format",
        "{'channel':'ops','text':'a','metadata':'x'} | invalid_metadata_format"
      })
  void faultyMessage_isRefused_andNotWritten(String message, String error) throws IOException {
    assertThat(Bot.error(bot.call("chat.postMessage", message))).isEqualTo(error);
    assertThat(slack.messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"39999, 39999", "40000, 40000", "40001, 40000"})
  void longText_isCut(int given, int kept) throws IOException {
    bot.post("x".repeat(given));

    assertThat(slack.messages().getFirst().text()).hasSize(kept);
  }

  @Test
  void reply_belongsToAMessage_andNotToAnotherReply() throws IOException {
    String head = bot.post("a");
    String reply = bot.reply("b", head);

    assertThat(Bot.error(bot.post("c", ",'thread_ts':'" + reply + "'")))
        .isEqualTo("thread_not_found");
    assertThat(slack.replies(head)).extracting(SlackMessage::text).containsExactly("b");
    assertThat(slack.message(FakeSlack.CHANNEL, reply).threadTs()).isEqualTo(head);
  }

  @Test
  void threadOfAnotherChannel_isNotFound() throws IOException {
    slack.addChannel("C2", "second");
    String head = bot.post("a");

    assertThat(
            Bot.error(
                bot.call(
                    "chat.postMessage",
                    "{'channel':'C2','text':'b','thread_ts':'%s'}".formatted(head))))
        .isEqualTo("thread_not_found");
  }

  @Test
  void update_changesTextAndBlocks_andTheMessageRemembers() throws IOException {
    String ts = bot.post("open", DIVIDER).path("ts").asString("");
    time.set(T0.plusSeconds(60));

    JsonNode answer = bot.update(ts, ",'text':'resolved'");

    SlackMessage message = slack.message(FakeSlack.CHANNEL, ts);
    assertThat(answer.path("ts").asString("")).isEqualTo(ts);
    assertThat(answer.path("text").asString("")).isEqualTo("resolved");
    assertThat(message.text()).isEqualTo("resolved");
    assertThat(message.blocks().size()).as("kept, since none were given").isEqualTo(1);
    assertThat(message.edits()).extracting(SlackEdit::text).containsExactly("open");
    assertThat(message.edits().getFirst().at()).isEqualTo(time.get());

    bot.update(ts, ",'text':'bare','blocks':[]");
    assertThat(slack.message(FakeSlack.CHANNEL, ts).blocks().isEmpty()).isTrue();
    assertThat(slack.messages()).hasSize(1);
  }

  @Test
  void updateWithoutText_takesTheTextAway() throws IOException {
    String ts = bot.post("open");

    assertThat(Bot.error(bot.update(ts, ""))).isEqualTo("no_text");
    assertThat(Bot.error(bot.update(ts, DIVIDER))).isEmpty();
    assertThat(slack.message(FakeSlack.CHANNEL, ts).text()).isEmpty();
  }

  @Test
  void update_keepsMetadataUnlessItIsGiven() throws IOException {
    String marked = ",'metadata':{'event_type':'t','event_payload':{'mark':'%s'}}";
    String ts = bot.post("a", marked.formatted("m")).path("ts").asString("");
    bot.update(ts, ",'text':'b'");
    assertThat(mark(ts)).isEqualTo("m");
    bot.update(ts, ",'text':'c'" + marked.formatted("n"));
    assertThat(mark(ts)).isEqualTo("n");
    bot.update(ts, ",'text':'d','metadata':{}");
    assertThat(slack.message(FakeSlack.CHANNEL, ts).metadata()).isNull();
  }

  @Test
  void onlyTheBotsOwnMessages_canBeUpdated() throws IOException {
    SlackMessage anns = slack.writeByHand(FakeSlack.CHANNEL, "ann", "looking");

    assertThat(Bot.error(bot.update(anns.ts(), ",'text':'b'"))).isEqualTo("cant_update_message");
    assertThat(Bot.error(bot.update(NOBODYS, ",'text':'b'"))).isEqualTo("message_not_found");
    assertThat(slack.message(FakeSlack.CHANNEL, anns.ts())).isEqualTo(anns);
  }

  @Test
  void deletedMessage_isNotFound_norItsThread() throws IOException {
    String ts = bot.post("a");
    slack.deleteByHand(slack.message(FakeSlack.CHANNEL, ts));

    assertThat(Bot.error(bot.update(ts, ",'text':'b'"))).isEqualTo("message_not_found");
    assertThat(Bot.error(bot.post("b", ",'thread_ts':'" + ts + "'"))).isEqualTo("thread_not_found");
    assertThat(slack.messages()).isEmpty();
    assertThatThrownBy(() -> slack.message(FakeSlack.CHANNEL, ts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(ts);
  }

  @Test
  void threadOfADeletedMessage_goesOnWhenItHadReplies() throws IOException {
    String ts = bot.post("a");
    bot.reply("b", ts);
    slack.deleteByHand(slack.message(FakeSlack.CHANNEL, ts));

    assertThat(Bot.error(bot.update(ts, ",'text':'c'"))).isEqualTo("message_not_found");
    assertThat(bot.reply("d", ts)).isNotEmpty();
    assertThat(slack.messages()).extracting(SlackMessage::text).containsExactly("b", "d");
  }

  @Test
  void archivedChannel_takesNothing() throws IOException {
    String ts = bot.post("a");
    slack.archiveByHand(FakeSlack.CHANNEL);

    assertThat(Bot.error(bot.post("b", ""))).isEqualTo("is_archived");
    assertThat(Bot.error(bot.update(ts, ",'text':'b'"))).isEqualTo("is_archived");
    assertThat(Bot.error(bot.history(""))).as("can still be read").isEmpty();
  }

  @Test
  void channelWithoutTheBot_isClosedToItUntilItIsInvited() throws IOException {
    String ts = bot.post("a");
    slack.removeBotByHand(FakeSlack.CHANNEL);

    assertThat(Bot.error(bot.post("b", ""))).isEqualTo("not_in_channel");
    assertThat(Bot.error(bot.update(ts, ",'text':'b'"))).isEqualTo("not_in_channel");
    assertThat(Bot.error(bot.history(""))).isEqualTo("not_in_channel");
    slack.inviteBotByHand(FakeSlack.CHANNEL);
    assertThat(Bot.error(bot.post("b", ""))).isEmpty();
  }

  private String mark(String ts) {
    JsonNode metadata = slack.message(FakeSlack.CHANNEL, ts).metadata();
    return metadata == null ? "" : metadata.path("event_payload").path("mark").asString("");
  }
}
