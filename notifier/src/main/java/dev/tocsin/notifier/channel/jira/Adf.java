// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.jira;

import dev.tocsin.notifier.channel.text.PlainText;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.topic.Json;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes Atlassian Document Format. Text goes into text nodes only, so whatever markup an alert
 * brings is shown as it is.
 */
final class Adf {

  /**
   * Jira's limit. We hold the whole document to it, not only its text: which of them is meant is
   * not documented.
   */
  private static final int LONGEST = 32_767;

  private static final int HEADING_LEVEL = 3;

  private final ArrayNode content = Json.MAPPER.createArrayNode();

  /** Characters of text; negative after the first that was cut. */
  private int left;

  private Adf(int textLimit) {
    this.left = textLimit;
  }

  /** Headings with their lines, then the links as a list; cut with a mark where it is too long. */
  static ObjectNode document(List<Content.Paragraph> paragraphs, List<Content.Link> links) {
    int limit = LONGEST;
    ObjectNode document = document(paragraphs, links, limit);
    while (document.toString().length() > LONGEST) {
      limit = limit * 3 / 4;
      document = document(paragraphs, links, limit);
    }
    return document;
  }

  private static ObjectNode document(
      List<Content.Paragraph> paragraphs, List<Content.Link> links, int textLimit) {
    Adf adf = new Adf(textLimit);
    adf.links(links);
    ArrayNode after = adf.content.deepCopy();
    adf.content.removeAll();
    paragraphs.forEach(adf::paragraph);
    adf.content.addAll(after);
    if (adf.content.isEmpty()) {
      adf.lines(List.of("(no text)"));
    }
    ObjectNode document = node("doc").put("version", 1);
    document.set("content", adf.content);
    return document;
  }

  private void paragraph(Content.Paragraph paragraph) {
    String heading = take(PlainText.line(paragraph.heading()));
    if (!heading.isEmpty()) {
      ObjectNode node = node("heading");
      node.putObject("attrs").put("level", HEADING_LEVEL);
      node.putArray("content").add(text(heading));
      content.add(node);
    }
    lines(paragraph.lines().stream().flatMap(line -> Stream.of(line.split("\n", -1))).toList());
  }

  /** One paragraph with breaks. */
  private void lines(List<String> lines) {
    ObjectNode node = node("paragraph");
    ArrayNode inline = node.putArray("content");
    for (String line : lines) {
      String taken = take(PlainText.clean(line).stripTrailing());
      if (taken.isEmpty()) {
        continue;
      }
      if (!inline.isEmpty()) {
        inline.add(node("hardBreak"));
      }
      inline.add(text(taken));
    }
    if (!inline.isEmpty()) {
      content.add(node);
    }
  }

  private void links(List<Content.Link> links) {
    ObjectNode list = node("bulletList");
    ArrayNode items = list.putArray("content");
    for (Content.Link link : links) {
      String shown = take(PlainText.line(link.text().isBlank() ? link.href() : link.text()));
      if (shown.isEmpty() || !PlainText.isWebLink(link.href()) || link.href().length() > 2048) {
        continue;
      }
      ObjectNode text = text(shown);
      ObjectNode mark = text.putArray("marks").addObject().put("type", "link");
      mark.putObject("attrs").put("href", link.href());
      ObjectNode paragraph = node("paragraph");
      paragraph.putArray("content").add(text);
      ObjectNode item = node("listItem");
      item.putArray("content").add(paragraph);
      items.add(item);
    }
    if (!items.isEmpty()) {
      content.add(list);
    }
  }

  /** As much of the text as still has room, then the mark of a cut, then nothing. */
  private String take(String text) {
    if (left < 0 || text.isEmpty()) {
      return "";
    }
    String taken = PlainText.cut(text, left);
    left = text.length() <= left ? left - text.length() : -1;
    return taken;
  }

  private static ObjectNode text(String text) {
    return node("text").put("text", text);
  }

  private static ObjectNode node(String type) {
    return Json.MAPPER.createObjectNode().put("type", type);
  }
}
