// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.slack;

import dev.tocsin.notifier.channel.text.PlainText;
import dev.tocsin.schemas.incident.IncidentStatus;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Content.Link;
import dev.tocsin.schemas.notification.Content.Paragraph;
import dev.tocsin.schemas.topic.Json;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message as Slack takes it. All text is plain: it goes into blocks of rich text, which Slack
 * shows as they are, so that no alert can mention a channel or hide where a link leads. A mark goes
 * along, by which a message is found again.
 *
 * <p>Limits: https://docs.slack.dev/reference/block-kit/blocks; that of all blocks together is not
 * documented, and was seen at about 13,200 characters of JSON.
 */
final class Message {

  /** The type of our metadata. */
  private static final String MARKED = "tocsin_post";

  private static final int LONGEST_HEADER = 150;
  private static final int LONGEST_PARAGRAPH = 2_500;
  private static final int LONGEST_BLOCKS = 12_500;
  private static final int LONGEST_LINKS = 4_000;
  private static final int LONGEST_SUMMARY = 1_000;

  /** What is left for the sentence that says that something was left out. */
  private static final int SPARE = 200;

  /** Of 50, with room for header, standing, links and buttons. */
  private static final int MOST_PARAGRAPHS = 40;

  private final ObjectNode json = Json.MAPPER.createObjectNode();
  private final ArrayNode blocks = Json.MAPPER.createArrayNode();

  private Message(String channel) {
    json.put("channel", channel);
  }

  /** The incident's post, as it stands. */
  static ObjectNode post(String channel, Content.Post post, boolean withButtons) {
    return new Message(channel)
        .card(post.card(), buttons(post.mark(), post.card(), withButtons))
        .marked(post.mark(), "");
  }

  /** The same post, as it stands now. */
  static ObjectNode edit(Posted post, Content.PostEdit edit, boolean withButtons) {
    Message message =
        new Message(post.channel())
            .card(edit.card(), buttons(edit.mark(), edit.card(), withButtons));
    message.json.put("ts", post.ts());
    return message.marked(edit.mark(), "");
  }

  private static ObjectNode buttons(String mark, Content.Card card, boolean withButtons) {
    return withButtons ? Buttons.of(mark, card.status()) : Buttons.none();
  }

  /** Something in its thread. */
  static ObjectNode reply(Posted post, Content.PostReply reply) {
    Message message = new Message(post.channel()).text(reply.text(), LONGEST_BLOCKS);
    message.json.put("thread_ts", post.ts()).put("reply_broadcast", reply.loud());
    String first =
        reply.text().stream()
            .findFirst()
            .map(p -> p.heading() + ' ' + String.join(" ", p.lines()))
            .orElse("");
    return message.summary(first).marked(reply.mark(), reply.replyMark());
  }

  /** The same in one line, for when Slack does not take the blocks. */
  static ObjectNode plain(ObjectNode message) {
    ObjectNode plain = message.deepCopy();
    plain.put("text", message.path("text").asString("") + ' ' + PlainText.CUT);
    // An edit leaves those that it does not name as they are.
    plain.putArray("blocks");
    return plain;
  }

  /** Whether a message that Slack returns is the one with these marks. */
  static boolean isMarked(JsonNode message, String mark, String reply) {
    JsonNode metadata = message.path("metadata");
    JsonNode payload = metadata.path("event_payload");
    return metadata.path("event_type").asString("").equals(MARKED)
        && payload.path("mark").asString("").equals(mark)
        && payload.path("reply").asString("").equals(reply);
  }

  private Message card(Content.Card card, ObjectNode buttons) {
    String headline = PlainText.line(card.headline());
    // Signs stand as characters: names of emoji would be read in what an alert says, too.
    blocks
        .addObject()
        .put("type", "header")
        .putObject("text")
        .put("type", "plain_text")
        .put("text", PlainText.cut(sign(card) + ' ' + headline, LONGEST_HEADER))
        .put("emoji", false);
    blocks.add(paragraph("", card.severity() + ". " + card.standing()));
    ObjectNode links = links(card.links());
    text(card.text(), LONGEST_BLOCKS - length(links) - length(buttons));
    addUnlessEmpty(links);
    addUnlessEmpty(buttons);
    String status = card.status().name().toLowerCase(Locale.ROOT);
    return summary(card.severity() + ": " + headline + " (" + status + ')');
  }

  private void addUnlessEmpty(ObjectNode block) {
    if (!block.path("elements").isEmpty()) {
      blocks.add(block);
    }
  }

  /** As many paragraphs as there is room for. */
  private Message text(List<Paragraph> paragraphs, int most) {
    int left = most - length(blocks) - SPARE;
    for (int i = 0; i < paragraphs.size(); i++) {
      Paragraph p = paragraphs.get(i);
      ObjectNode block = paragraph(p.heading(), String.join("\n", p.lines()));
      left -= length(block);
      if (left < 0 || i == MOST_PARAGRAPHS) {
        blocks.add(paragraph("", "%d more are left out.".formatted(paragraphs.size() - i)));
        break;
      }
      blocks.add(block);
    }
    return this;
  }

  private static ObjectNode paragraph(String heading, String lines) {
    ObjectNode block = richText();
    ArrayNode elements = section(block);
    String title = PlainText.line(heading);
    if (!title.isEmpty()) {
      text(elements, PlainText.cut(title, LONGEST_HEADER) + '\n')
          .putObject("style")
          .put("bold", true);
    }
    String clean = PlainText.cut(PlainText.clean(lines), LONGEST_PARAGRAPH);
    // Slack takes no empty text.
    text(elements, clean.isEmpty() ? " " : clean);
    return block;
  }

  /** Empty where there is none to show: Slack takes no empty section. */
  private static ObjectNode links(List<Link> links) {
    ArrayNode elements = Json.MAPPER.createArrayNode();
    for (Link link : links) {
      ObjectNode element =
          Json.MAPPER
              .createObjectNode()
              .put("type", "link")
              .put("url", link.href())
              .put("text", PlainText.cut(PlainText.line(link.text()), LONGEST_HEADER));
      if (PlainText.isWebLink(link.href()) && length(elements) + length(element) <= LONGEST_LINKS) {
        if (!elements.isEmpty()) {
          text(elements, " · ");
        }
        elements.add(element);
      }
    }
    ObjectNode block = richText();
    if (!elements.isEmpty()) {
      section(block).addAll(elements);
    }
    return block;
  }

  private static ObjectNode richText() {
    ObjectNode block = Json.MAPPER.createObjectNode().put("type", "rich_text");
    block.putArray("elements");
    return block;
  }

  private static ArrayNode section(ObjectNode richText) {
    return richText
        .withArray("elements")
        .addObject()
        .put("type", "rich_text_section")
        .putArray("elements");
  }

  private static ObjectNode text(ArrayNode elements, String text) {
    return elements.addObject().put("type", "text").put("text", text);
  }

  /** What a telephone shows. This alone is read as markup, of which no more is made than that. */
  private Message summary(String text) {
    json.put("parse", "none");
    json.put(
        "text",
        PlainText.cut(PlainText.line(text), LONGEST_SUMMARY)
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;"));
    return this;
  }

  private ObjectNode marked(String mark, String reply) {
    json.set("blocks", blocks);
    json.put("unfurl_links", false).put("unfurl_media", false);
    ObjectNode metadata = json.putObject("metadata");
    metadata.put("event_type", MARKED);
    metadata.putObject("event_payload").put("mark", mark).put("reply", reply);
    return json;
  }

  private static String sign(Content.Card card) {
    if (card.status() == IncidentStatus.RESOLVED) {
      return "✅";
    }
    return switch (card.severity()) {
      case CRITICAL -> "🔴";
      case ERROR -> "🟠";
      case WARNING -> "🟡";
      case INFO -> "🔵";
    };
  }

  private static int length(JsonNode json) {
    return json.toString().length();
  }
}
