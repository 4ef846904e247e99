// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What Slack documents of blocks: limits at their edges, and what a refusal says. */
class BlockLimitsTest {

  private final FakeSlack slack = FakeSlack.start();
  private final Bot bot = new Bot(slack);

  @AfterEach
  void stop() {
    slack.close();
  }

  @ParameterizedTest
  @CsvSource({
    "blocks, 50, /blocks",
    "section, 3000, /blocks/0/text/text",
    "field, 2000, /blocks/0/fields/0/text",
    "fields, 10, /blocks/0/fields",
    "header, 150, /blocks/0/text/text",
    "context, 10, /blocks/0/elements",
    "markdown, 12000, /blocks/0/text",
    "actions, 25, /blocks/0/elements",
    "action_id, 255, /blocks/0/elements/0/action_id",
    "block_id, 255, /blocks/0/block_id",
    "label, 75, /blocks/0/elements/0/text/text",
    "value, 2000, /blocks/0/elements/0/value"
  })
  void size_isLimited_andTheFaultIsNamedWithItsPlace(String what, int most, String place)
      throws IOException {
    JsonNode taken = post(blocks(what, most));
    JsonNode refused = post(blocks(what, most + 1));

    assertThat(Bot.error(taken)).isEmpty();
    assertThat(Bot.error(refused)).isEqualTo("invalid_blocks");
    assertThat(refused.path("errors").path(0).asString(""))
        .endsWith("[json-pointer:" + place + "]");
    assertThat(refused.path("response_metadata").path("messages").path(0).asString(""))
        .startsWith("[ERROR] ");
    assertThat(slack.messages()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'type':'song'}",
        "{}",
        "'text'",
        "{'type':'section'}",
        "{'type':'section','text':'a'}",
        "{'type':'section','text':{'type':'mrkdwn','text':''}}",
        "{'type':'section','text':{'type':'html','text':'a'}}",
        "{'type':'section','fields':[]}",
        "{'type':'header','text':{'type':'mrkdwn','text':'a'}}",
        "{'type':'context','elements':[]}",
        "{'type':'actions','elements':[]}",
        "{'type':'rich_text'}",
        "{'type':'rich_text','elements':[{'type':'text','text':'a'}]}",
        "{'type':'actions','elements':[{'type':'button','action_id':'a'}]}"
      })
  void faultyBlock_isRefused(String block) throws IOException {
    assertThat(Bot.error(post(block))).isEqualTo("invalid_blocks");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'type':'text','text':'a','style':{'bold':true}} |",
        "{'type':'text','text':''} | text",
        "{'type':'text'} | text",
        "{'type':'link','url':'https://example.com'} |",
        "{'type':'link','url':'https://example.com','text':''} | text",
        "{'type':'link','text':'a'} | url"
      })
  void emptyTextAndLinkWithoutAnAddress_areRefusedInRichText(String element, String fault)
      throws IOException {
    JsonNode answer =
        post(
            "{'type':'rich_text','elements':[{'type':'rich_text_section','elements':[%s]}]}"
                .formatted(element));

    String expected =
        fault == null ? "" : "[json-pointer:/blocks/0/elements/0/elements/0/" + fault + "]";
    assertThat(answer.path("errors").path(0).asString("")).endsWith(expected);
    assertThat(answer.path("ok").asBoolean(false)).isEqualTo(fault == null);
  }

  @Test
  void idsThatAreThereTwice_areRefused() throws IOException {
    String divider = "{'type':'divider','block_id':'a'}";

    assertThat(Bot.error(post(divider + ',' + divider))).isEqualTo("invalid_blocks");
    assertThat(Bot.error(post("{'type':'actions','elements':[%1$s,%1$s]}".formatted(button("a")))))
        .isEqualTo("invalid_blocks");
  }

  @Test
  void buttonBesideASection_isLimitedToo() throws IOException {
    String section = "{'type':'section','text':%s,'accessory':%s}";

    assertThat(Bot.error(post(section.formatted(text(9), button("a".repeat(255)))))).isEmpty();
    assertThat(Bot.error(post(section.formatted(text(9), button("a".repeat(256))))))
        .isEqualTo("invalid_blocks");
  }

  @ParameterizedTest
  @CsvSource({"13200, ''", "13201, msg_blocks_too_long"})
  void blocksTogether_areLimited(int characters, String error) throws IOException {
    String four =
        Collections.nCopies(4, "{'type':'section','text':" + text(3000) + '}').stream()
            .collect(Collectors.joining(","));
    String fifth = "{'type':'section','text':" + text(1) + '}';
    int missing = characters - ("[" + four + ',' + fifth + ']').length();
    String blocks = four + ",{'type':'section','text':" + text(1 + missing) + '}';

    assertThat(Bot.error(post(blocks))).isEqualTo(error);
  }

  @Test
  void blockWithoutAnId_isGivenOne() throws IOException {
    post("{'type':'divider'},{'type':'divider','block_id':'mine'}");

    assertThat(slack.messages().getFirst().blocks().findValuesAsString("block_id"))
        .containsExactly("slack-1", "mine");
  }

  @Test
  void update_refusesFaultyBlocks_andChangesNothing() throws IOException {
    String ts = bot.post("a");

    assertThat(Bot.error(bot.update(ts, ",'blocks':[" + blocks("header", 151) + "]")))
        .isEqualTo("invalid_blocks");
    assertThat(slack.message(FakeSlack.CHANNEL, ts).edits()).isEmpty();
  }

  private JsonNode post(String blocks) throws IOException {
    return bot.post("fallback", ",'blocks':[" + blocks + "]");
  }

  private static String blocks(String what, int size) {
    String long_ = "x".repeat(size);
    return switch (what) {
      case "blocks" -> many("{'type':'divider'}", size);
      case "section" -> "{'type':'section','text':" + text(size) + '}';
      case "field" -> "{'type':'section','fields':[" + text(size) + "]}";
      case "fields" -> "{'type':'section','fields':[" + many(text(9), size) + "]}";
      case "header" ->
          "{'type':'header','text':{'type':'plain_text','text':'%s'}}".formatted(long_);
      case "context" -> "{'type':'context','elements':[" + many(text(9), size) + "]}";
      case "markdown" -> "{'type':'markdown','text':'%s'}".formatted(long_);
      case "actions" ->
          IntStream.range(0, size)
              .mapToObj(i -> button("b" + i))
              .collect(Collectors.joining(",", "{'type':'actions','elements':[", "]}"));
      case "action_id" -> "{'type':'actions','elements':[" + button(long_) + "]}";
      case "block_id" -> "{'type':'divider','block_id':'%s'}".formatted(long_);
      case "label" -> "{'type':'actions','elements':[" + button("a").replace("press", long_) + "]}";
      case "value" -> "{'type':'actions','elements':[" + button("a").replace("one", long_) + "]}";
      default -> throw new IllegalArgumentException(what);
    };
  }

  private static String many(String one, int times) {
    return String.join(",", Collections.nCopies(times, one));
  }

  private static String text(int length) {
    return "{'type':'mrkdwn','text':'%s'}".formatted("x".repeat(length));
  }

  private static String button(String actionId) {
    return "{'type':'button','text':{'type':'plain_text','text':'press'},'action_id':'%s',"
            .formatted(actionId)
        + "'value':'one'}";
  }
}
