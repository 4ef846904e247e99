// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What Slack documents of reading a channel and a thread. */
class ConversationsApiTest {

  private static final Instant T0 = Instant.ofEpochSecond(1_800_000_000);

  private final AtomicReference<Instant> time = new AtomicReference<>(T0);
  private final FakeSlack slack = FakeSlack.start(0, time::get);
  private final Bot bot = new Bot(slack);

  @AfterEach
  void stop() {
    slack.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                                       | d c b a",
        "oldest=1800000001                                                        | d c",
        "oldest=1800000001.000000&inclusive=true                                  | d c b",
        "latest=1800000002.000000                                                 | b a",
        "latest=1800000002&inclusive=1                                            | c b a",
        "oldest=1800000000&latest=1800000003                                      | c b",
        "latest=1800000001.000000&inclusive=true&limit=1                          | b",
        "oldest=0                                                                 | d c b a",
        "oldest=1800000009                                                        | ''",
        "limit=2                                                                  | d c",
        "limit=4000                                                               | d c b a"
      })
  void history_isNewestFirst_betweenTheTimesAskedFor(String query, String texts)
      throws IOException {
    postEverySecond("a", "b", "c", "d");

    assertThat(String.join(" ", texts(bot.history(query)))).isEqualTo(texts);
  }

  @Test
  void history_isCutIntoPages() throws IOException {
    postEverySecond("a", "b", "c", "d", "e");
    List<String> read = new ArrayList<>();
    String cursor = "";
    for (int page = 1; page <= 3; page++) {
      JsonNode answer = bot.history("limit=2&cursor=" + cursor);
      read.addAll(texts(answer));
      assertThat(answer.path("has_more").asBoolean()).isEqualTo(page < 3);
      assertThat(answer.has("response_metadata")).isEqualTo(page < 3);
      cursor = cursor(answer);
    }
    assertThat(read).containsExactly("e", "d", "c", "b", "a");
  }

  @Test
  void pages_doNotShift_whenMoreIsWritten() throws IOException {
    postEverySecond("a", "b", "c");
    String cursor = cursor(bot.history("limit=1"));
    postEverySecond("d");

    assertThat(texts(bot.history("limit=1&cursor=" + cursor))).containsExactly("b");
  }

  @Test
  void page_hasAHundred_unlessMoreAreAskedFor_and999AtMost() throws IOException {
    for (int i = 0; i < 1001; i++) {
      slack.writeByHand(FakeSlack.CHANNEL, "ann", "a");
    }

    assertThat(texts(bot.history(""))).hasSize(100);
    assertThat(texts(bot.history("limit=1001"))).hasSize(999);
  }

  @ParameterizedTest
  @CsvSource({
    "history, channel=C9, channel_not_found",
    "history, channel=ops, channel_not_found",
    "history, limit=1, invalid_arguments",
    "history, channel=C0000OPS1&limit=0, invalid_arguments",
    "history, channel=C0000OPS1&limit=x, invalid_arguments",
    "history, channel=C0000OPS1&oldest=x, invalid_arguments",
    "history, channel=C0000OPS1&cursor=x, invalid_cursor",
    "history, channel=C0000OPS1&cursor=YWJj, invalid_cursor",
    "replies, channel=C0000OPS1, invalid_arguments",
    "replies, channel=C0000OPS1&ts=1000000000.000001, thread_not_found"
  })
  void faultyCall_isRefused(String method, String query, String error) throws IOException {
    assertThat(Bot.error(bot.read(method, query))).isEqualTo(error);
  }

  @Test
  void history_hasNoReplies_butThoseThatWereBroadcast() throws IOException {
    String head = bot.post("a");
    bot.reply("b", head);
    bot.post("c", ",'thread_ts':'" + head + "','reply_broadcast':true");
    bot.post("d", ",'reply_broadcast':true");

    JsonNode messages = bot.history("").path("messages");

    assertThat(messages.findValuesAsString("text")).containsExactly("d", "c", "a");
    assertThat(messages.path(1).path("subtype").asString("")).isEqualTo("thread_broadcast");
    assertThat(messages.path(2).path("reply_count").asInt(0)).isEqualTo(2);
    assertThat(messages.path(2).path("thread_ts").asString("")).isEqualTo(head);
    assertThat(messages.path(0).has("thread_ts")).isFalse();
    assertThat(messages.path(0).has("subtype")).as("of no thread").isFalse();
  }

  @Test
  void replies_haveTheHeadFirst_thenTheOldest() throws IOException {
    String head = bot.post("a");
    for (String text : List.of("b", "c", "d")) {
      bot.reply(text, head);
    }
    bot.post("of no thread");

    assertThat(texts(replies(head, ""))).containsExactly("a", "b", "c", "d");
    JsonNode first = replies(head, "limit=2");
    assertThat(texts(first)).containsExactly("a", "b", "c");
    assertThat(first.path("has_more").asBoolean()).isTrue();
    JsonNode last = replies(head, "limit=2&cursor=" + cursor(first));
    assertThat(texts(last)).containsExactly("a", "d");
    assertThat(last.path("has_more").asBoolean()).isFalse();
  }

  @Test
  void replies_ofAMessageWithoutAny_orOfAReply_areItself() throws IOException {
    String head = bot.post("a");
    assertThat(texts(replies(head, ""))).containsExactly("a");

    String reply = bot.reply("b", head);
    assertThat(texts(replies(reply, ""))).containsExactly("b");
  }

  @Test
  void metadata_isShownToThoseWhoAskForIt() throws IOException {
    String head =
        bot.post("a", ",'metadata':{'event_type':'t','event_payload':{'mark':'m'}}")
            .path("ts")
            .asString("");

    assertThat(bot.history("").findValuesAsString("mark")).isEmpty();
    assertThat(bot.history("include_all_metadata=true").findValuesAsString("mark"))
        .containsExactly("m");
    assertThat(replies(head, "").findValuesAsString("mark")).isEmpty();
    assertThat(replies(head, "include_all_metadata=true").findValuesAsString("mark"))
        .containsExactly("m");
  }

  @Test
  void bot_isToldFromPersons() throws IOException {
    bot.post("a");
    slack.writeByHand(FakeSlack.CHANNEL, "ann", "b");
    JsonNode self = bot.call("auth.test", "{}");

    JsonNode messages = bot.history("").path("messages");

    assertThat(messages.path(0).has("bot_id")).isFalse();
    assertThat(messages.path(1).path("bot_id")).isEqualTo(self.path("bot_id"));
    assertThat(messages.path(1).path("user")).isEqualTo(self.path("user_id"));
  }

  @Test
  void edited_isSaid() throws IOException {
    String ts = bot.post("a");
    time.set(T0.plusSeconds(7));
    bot.update(ts, ",'text':'b'");

    JsonNode message = bot.history("").path("messages").path(0);
    assertThat(message.path("text").asString("")).isEqualTo("b");
    assertThat(message.path("edited").path("ts").asString("")).isEqualTo("1800000007.000000");
  }

  @Test
  void deletedHead_isATombstone() throws IOException {
    String head = bot.post("a");
    bot.reply("b", head);
    slack.deleteByHand(slack.message(FakeSlack.CHANNEL, head));

    assertThat(bot.history("").path("messages").path(0).path("subtype").asString(""))
        .isEqualTo("tombstone");
    assertThat(texts(replies(head, ""))).containsExactly("This message was deleted.", "b");
  }

  @Test
  void channels_areReadApart() throws IOException {
    slack.addChannel("C2", "second");
    bot.post("a");
    bot.call("chat.postMessage", "{'channel':'#second','text':'b'}");

    assertThat(texts(bot.history(""))).containsExactly("a");
    assertThat(texts(bot.read("history", "channel=C2"))).containsExactly("b");
    assertThat(slack.messages("C2")).extracting(SlackMessage::text).containsExactly("b");
  }

  private void postEverySecond(String... texts) throws IOException {
    for (String text : texts) {
      bot.post(text);
      time.set(time.get().plusSeconds(1));
    }
  }

  private JsonNode replies(String ts, String query) throws IOException {
    return bot.read("replies", "channel=" + FakeSlack.CHANNEL + "&ts=" + ts + '&' + query);
  }

  private static String cursor(JsonNode answer) {
    return answer.path("response_metadata").path("next_cursor").asString("").replace("=", "%3D");
  }

  private static List<String> texts(JsonNode answer) {
    return answer.path("messages").findValuesAsString("text");
  }
}
