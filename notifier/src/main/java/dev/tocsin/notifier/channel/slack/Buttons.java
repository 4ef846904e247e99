// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.slack;

import dev.tocsin.schemas.incident.IncidentStatus;
import dev.tocsin.schemas.topic.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What can be done from a post: what is left to do of acknowledging and resolving. Ingest knows the
 * ids of the buttons, and what they are worth is the post's mark: it names the epoch they are for.
 */
final class Buttons {

  private static final String ACKNOWLEDGE = "acknowledge";
  private static final String RESOLVE = "resolve";

  private Buttons() {}

  /** An empty row. */
  static ObjectNode none() {
    ObjectNode row = Json.MAPPER.createObjectNode().put("type", "actions");
    row.putArray("elements");
    return row;
  }

  /** A row of them; an empty one when nothing is left to do. */
  static ObjectNode of(String mark, IncidentStatus status) {
    ObjectNode row = none();
    ArrayNode elements = row.withArray("elements");
    switch (status) {
      case OPEN -> {
        button(elements, ACKNOWLEDGE, "Acknowledge", mark).put("style", "primary");
        resolve(elements, mark);
      }
      case ACKNOWLEDGED -> resolve(elements, mark);
      case RESOLVED -> {}
    }
    return row;
  }

  private static void resolve(ArrayNode elements, String mark) {
    ObjectNode confirm = button(elements, RESOLVE, "Resolve", mark).putObject("confirm");
    text(confirm, "title", "Resolve the incident?");
    text(
        confirm,
        "text",
        "It is over for everybody then: its page is resolved and its ticket closed, too.");
    text(confirm, "confirm", "Resolve");
    text(confirm, "deny", "Not yet");
  }

  private static ObjectNode button(ArrayNode elements, String id, String label, String mark) {
    ObjectNode button = elements.addObject().put("type", "button").put("action_id", id);
    text(button, "text", label);
    return button.put("value", mark);
  }

  private static void text(ObjectNode holder, String name, String text) {
    holder.putObject(name).put("type", "plain_text").put("text", text);
  }
}
