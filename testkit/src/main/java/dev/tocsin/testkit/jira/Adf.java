// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.jira;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Atlassian Document Format: what makes a document valid, and what it says. */
final class Adf {

  private static final int LONGEST = 32_767;

  private static final Set<String> BLOCKS =
      Set.of(
          "paragraph",
          "heading",
          "bulletList",
          "orderedList",
          "listItem",
          "codeBlock",
          "rule",
          "blockquote",
          "panel");

  private static final Set<String> INLINE = Set.of("text", "hardBreak");

  private Adf() {}

  /** What is wrong with the document, or null. */
  static @Nullable String fault(JsonNode document) {
    if (!document.path("type").asString("").equals("doc")
        || document.path("version").asInt(0) != 1
        || !document.path("content").isArray()) {
      return "Operation value must be an Atlassian Document (see the Atlassian Document Format)";
    }
    for (JsonNode block : document.path("content")) {
      if (!isValid(block) || INLINE.contains(type(block))) {
        return "INVALID_INPUT: " + type(block);
      }
    }
    return text(document).length() > LONGEST
        ? "The entered text is too long. It exceeds the allowed limit of 32,767 characters."
        : null;
  }

  private static boolean isValid(JsonNode node) {
    if (type(node).equals("text")) {
      return !node.path("text").asString("").isEmpty();
    }
    if (type(node).equals("heading")) {
      int level = node.path("attrs").path("level").asInt(0);
      if (level < 1 || level > 6) {
        return false;
      }
    }
    return (BLOCKS.contains(type(node)) || INLINE.contains(type(node)))
        && node.path("content").valueStream().allMatch(Adf::isValid);
  }

  /** One line for each block that holds text. */
  static String text(JsonNode document) {
    List<String> lines = new ArrayList<>();
    collect(document, lines);
    return String.join("\n", lines);
  }

  private static void collect(JsonNode node, List<String> lines) {
    boolean holdsText =
        node.path("content").valueStream().anyMatch(child -> INLINE.contains(type(child)));
    if (holdsText) {
      lines.add(
          node.path("content")
              .valueStream()
              .map(child -> type(child).equals("hardBreak") ? "\n" : child.path("text").asString())
              .collect(Collectors.joining()));
    } else {
      node.path("content").forEach(child -> collect(child, lines));
    }
  }

  private static String type(JsonNode node) {
    return node.path("type").asString("");
  }
}
