// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source;

import static dev.tocsin.ingest.refusal.RefusalReason.OWN_EVENT;
import static dev.tocsin.ingest.refusal.RefusalReason.TOO_COMPLEX;
import static dev.tocsin.ingest.refusal.RefusalReason.TOO_MANY_ALERTS;

import dev.tocsin.ingest.body.LimitSettings;
import dev.tocsin.ingest.refusal.Refusal;
import dev.tocsin.schemas.endpoint.Hops;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the JSON of a message, within limits. What is too deep or too much is refused; what is no
 * JSON, or says a thing twice, is unreadable.
 */
public final class MessageReader {

  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_NUMBER = 64;

  private final JsonMapper mapper;
  private final LimitSettings limits;

  public MessageReader(LimitSettings limits) {
    this.limits = limits;
    this.mapper =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(limits.depth())
                            .maxTokenCount(limits.tokens())
                            // Grafana's message lists all alerts, so only the body bounds a string.
                            .maxStringLength((int) limits.body().toBytes())
                            .maxNameLength(LONGEST_NAME)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();
  }

  public Message read(byte[] body) throws Unreadable {
    try (JsonParser parser = mapper.createParser(body)) {
      Message message = read(parser, body);
      if (parser.nextToken() != null) {
        throw new Unreadable("something follows the end of the JSON");
      }
      return message;
    } catch (StreamConstraintsException e) {
      throw new Refusal(TOO_COMPLEX, "the JSON is beyond a limit: " + e.getOriginalMessage());
    } catch (JacksonException e) {
      throw new Unreadable(
          "not JSON: %s (line %d, column %d)"
              .formatted(
                  firstLine(e.getOriginalMessage()),
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr()));
    }
  }

  private Message read(JsonParser parser, byte[] body) throws Unreadable {
    ObjectNode top = JsonNodeFactory.instance.objectNode();
    List<Message.Element> alerts = null;
    List<String> unread = new ArrayList<>();
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_ARRAY) {
      alerts = list(parser, body, unread);
    } else if (first == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_ARRAY && name.equalsIgnoreCase("alerts")) {
          alerts = list(parser, body, unread);
        } else {
          top.set(name, tree(parser));
        }
      }
    } else {
      throw new Unreadable("neither an object nor an array, but " + words(first));
    }
    refuseOwnEvent(top);
    return new Message(
        new Members(top),
        first == JsonToken.START_ARRAY,
        alerts,
        List.copyOf(unread),
        text(body, 0, body.length));
  }

  private static String words(@Nullable JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "the word null";
      case null, default -> "nothing but space";
    };
  }

  private static void refuseOwnEvent(ObjectNode top) {
    if (top.has("specversion") && top.path("type").asString("").startsWith(Hops.EVENT_TYPES)) {
      throw new Refusal(
          OWN_EVENT, "this is an event that Tocsin sent to a subscriber, and ingest takes alerts");
    }
  }

  private List<Message.Element> list(JsonParser parser, byte[] body, List<String> unread) {
    List<Message.Element> alerts = new ArrayList<>();
    for (int i = 1; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (i > limits.alerts()) {
        throw new Refusal(
            TOO_MANY_ALERTS,
            "more than %d alerts in one message; have the sender split them (max_alerts, group_by), or raise tocsin.ingest.limits.alerts"
                .formatted(limits.alerts()));
      }
      int start = (int) parser.currentTokenLocation().getByteOffset();
      JsonNode node = tree(parser);
      int end = (int) parser.currentLocation().getByteOffset();
      String problem = problem(node);
      if (problem == null) {
        alerts.add(new Message.Element(new Members(node), text(body, start, end)));
      } else {
        unread.add("alert " + i + " " + problem);
      }
    }
    return alerts;
  }

  private static @Nullable String problem(JsonNode node) {
    if (!node.isObject()) {
      return "is " + (node.isNull() ? "null" : "no object");
    }
    Members members = new Members(node);
    return members.has("labels") || members.has("annotations") || members.has("fingerprint")
        ? null
        : "has neither labels nor annotations nor a fingerprint";
  }

  private static JsonNode tree(JsonParser parser) {
    return parser.readValueAsTree();
  }

  private static String text(byte[] body, int start, int end) {
    return new String(body, start, end - start, StandardCharsets.UTF_8);
  }

  private static String firstLine(@Nullable String text) {
    return Text.line(String.valueOf(text));
  }
}
