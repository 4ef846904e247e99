// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What Slack finds wrong with blocks, each fault with the place it is at. */
final class BlockRules {

  /** Not documented; people met it at about so many, with what holds the text counted. */
  static final int LONGEST = 13_200;

  private static final int MOST_BLOCKS = 50;
  private static final int LONGEST_SECTION = 3_000;
  private static final int MOST_FIELDS = 10;
  private static final int LONGEST_FIELD = 2_000;
  private static final int LONGEST_HEADER = 150;
  private static final int LONGEST_MARKDOWN = 12_000;
  private static final int MOST_IN_CONTEXT = 10;
  private static final int MOST_ACTIONS = 25;
  private static final int LONGEST_ID = 255;
  private static final int LONGEST_LABEL = 75;
  private static final int LONGEST_VALUE = 2_000;
  private static final int LONGEST_URL = 3_000;

  /** Of these no more is known here than that they exist. */
  private static final Set<String> OTHERS =
      Set.of("divider", "image", "video", "input", "file", "table");

  private static final Set<String> IN_RICH_TEXT =
      Set.of("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote");

  private final List<String> faults = new ArrayList<>();

  private BlockRules() {}

  /** Empty when they are good. */
  static List<String> faults(JsonNode blocks) {
    BlockRules rules = new BlockRules();
    rules.count(blocks, 0, MOST_BLOCKS, "/blocks");
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < blocks.size(); i++) {
      JsonNode block = blocks.get(i);
      rules.check(block, "/blocks/" + i);
      if (block.has("block_id") && !ids.add(block.path("block_id").asString(""))) {
        rules.fault("`block_id` already exists", "/blocks/" + i + "/block_id");
      }
    }
    return List.copyOf(rules.faults);
  }

  /** What a person can use in a block. */
  static Stream<JsonNode> elements(JsonNode block) {
    return switch (block.path("type").asString("")) {
      case "actions" -> block.path("elements").valueStream();
      case "section" -> block.has("accessory") ? Stream.of(block.get("accessory")) : Stream.empty();
      default -> Stream.empty();
    };
  }

  private void check(JsonNode block, String at) {
    length(block, "block_id", LONGEST_ID, at);
    switch (block.path("type").asString("")) {
      case "section" -> section(block, at);
      case "header" -> text(block, "text", LONGEST_HEADER, true, at);
      case "context" -> context(block, at);
      case "actions" -> actions(block, at);
      case "rich_text" -> richText(block, at);
      case "markdown" -> length(block, "text", LONGEST_MARKDOWN, at);
      case String type when OTHERS.contains(type) -> {}
      case String type -> fault("unsupported type: " + type, at + "/type");
    }
  }

  private void section(JsonNode block, String at) {
    if (block.has("text") || !block.has("fields")) {
      text(block, "text", LONGEST_SECTION, false, at);
    }
    if (block.has("fields")) {
      JsonNode fields = block.path("fields");
      count(fields, 1, MOST_FIELDS, at + "/fields");
      for (int i = 0; i < fields.size(); i++) {
        text(fields.get(i), LONGEST_FIELD, false, at + "/fields/" + i);
      }
    }
    elements(block).forEach(accessory -> element(accessory, at + "/accessory"));
  }

  private void context(JsonNode block, String at) {
    JsonNode elements = block.path("elements");
    count(elements, 1, MOST_IN_CONTEXT, at + "/elements");
    for (int i = 0; i < elements.size(); i++) {
      if (!elements.get(i).path("type").asString("").equals("image")) {
        text(elements.get(i), LONGEST_SECTION, false, at + "/elements/" + i);
      }
    }
  }

  private void richText(JsonNode block, String at) {
    JsonNode elements = block.path("elements");
    count(elements, 1, Integer.MAX_VALUE, at + "/elements");
    for (int i = 0; i < elements.size(); i++) {
      String type = elements.get(i).path("type").asString("");
      if (!IN_RICH_TEXT.contains(type)) {
        fault("unsupported type: " + type, at + "/elements/" + i + "/type");
      }
      JsonNode inner = elements.get(i).path("elements");
      for (int j = 0; j < inner.size(); j++) {
        inRichText(inner.get(j), at + "/elements/" + i + "/elements/" + j);
      }
    }
  }

  /** A link shows its address when it has no text, but none that is empty. */
  private void inRichText(JsonNode element, String at) {
    boolean isLink = element.path("type").asString("").equals("link");
    if (isLink) {
      filled(element, "url", at);
    }
    if (element.path("type").asString("").equals("text") || isLink && element.has("text")) {
      filled(element, "text", at);
    }
  }

  private void actions(JsonNode block, String at) {
    JsonNode elements = block.path("elements");
    count(elements, 1, MOST_ACTIONS, at + "/elements");
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < elements.size(); i++) {
      JsonNode element = elements.get(i);
      element(element, at + "/elements/" + i);
      if (element.has("action_id") && !ids.add(element.path("action_id").asString(""))) {
        fault("`action_id` already exists", at + "/elements/" + i + "/action_id");
      }
    }
  }

  private void element(JsonNode element, String at) {
    length(element, "action_id", LONGEST_ID, at);
    if (element.path("type").asString("").equals("button")) {
      text(element, "text", LONGEST_LABEL, true, at);
      length(element, "value", LONGEST_VALUE, at);
      length(element, "url", LONGEST_URL, at);
    }
  }

  private void text(JsonNode holder, String name, int longest, boolean plain, String at) {
    if (holder.path(name).isObject()) {
      text(holder.get(name), longest, plain, at + '/' + name);
    } else {
      fault("missing required field: " + name, at);
    }
  }

  private void text(JsonNode text, int longest, boolean plain, String at) {
    String type = text.path("type").asString("");
    if (!type.equals("plain_text") && (plain || !type.equals("mrkdwn"))) {
      fault("unsupported type: " + type, at + "/type");
    }
    filled(text, "text", at);
    length(text, "text", longest, at);
  }

  private void filled(JsonNode holder, String name, String at) {
    if (holder.path(name).asString("").isEmpty()) {
      fault("must be more than 0 characters", at + '/' + name);
    }
  }

  private void length(JsonNode holder, String name, int longest, String at) {
    if (holder.path(name).asString("").length() > longest) {
      fault("must be less than " + (longest + 1) + " characters", at + '/' + name);
    }
  }

  private void count(JsonNode items, int least, int most, String at) {
    if (items.size() < least) {
      fault("no less than " + least + " items allowed", at);
    } else if (items.size() > most) {
      fault("no more than " + most + " items allowed", at);
    }
  }

  private void fault(String what, String at) {
    faults.add(what + " [json-pointer:" + at + ']');
  }
}
