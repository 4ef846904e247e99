// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The members of a JSON object, read leniently: a name in another case or with underscores is found
 * too, a null is as good as absent, and a number will do for text.
 */
public final class Members {

  public static final Members NONE = new Members(null);

  private final Map<String, JsonNode> exact = new HashMap<>();
  private final Map<String, JsonNode> similar = new HashMap<>();

  Members(@Nullable JsonNode object) {
    if (object != null && object.isObject()) {
      object
          .properties()
          .forEach(
              member -> {
                if (!member.getValue().isNull()) {
                  exact.put(member.getKey(), member.getValue());
                  similar.putIfAbsent(plain(member.getKey()), member.getValue());
                }
              });
    }
  }

  /** Whether there is one that is not null. */
  public boolean has(String name) {
    return find(name) != null;
  }

  /** Its text; null when there is none, or none but white space. */
  public @Nullable String text(String name) {
    JsonNode node = find(name);
    if (node == null) {
      return null;
    }
    String text = text(node).strip();
    return text.isEmpty() ? null : text;
  }

  /** Its text in lower case; empty when there is none. */
  public String word(String name) {
    String text = text(name);
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  /** Its members as text; empty when it is no object. */
  public Map<String, String> texts(String name) {
    Map<String, String> texts = new TreeMap<>();
    JsonNode node = find(name);
    if (node != null && node.isObject()) {
      node.properties()
          .forEach(
              member -> {
                if (!member.getValue().isNull()) {
                  texts.put(Text.whole(member.getKey()), text(member.getValue()));
                }
              });
    }
    return texts;
  }

  /** Those of its members that are numbers. */
  public Map<String, Double> numbers(String name) {
    Map<String, Double> numbers = new TreeMap<>();
    JsonNode node = find(name);
    if (node != null && node.isObject()) {
      node.properties()
          .forEach(
              member -> {
                double value = number(member.getValue());
                if (Double.isFinite(value)) {
                  numbers.put(Text.whole(member.getKey()), value);
                }
              });
    }
    return numbers;
  }

  /** A count, not negative; 0 when it is none. */
  public int count(String name) {
    JsonNode node = find(name);
    double value = node == null ? 0 : number(node);
    return Double.isNaN(value) ? 0 : (int) Math.clamp(value, 0, Integer.MAX_VALUE);
  }

  public @Nullable JsonNode find(String name) {
    JsonNode node = exact.get(name);
    return node != null ? node : similar.get(plain(name));
  }

  /** A number, also when it is written as text; NaN when it is none. */
  public static double number(JsonNode node) {
    try {
      if (node.isNumber()) {
        return node.doubleValue();
      }
      return node.isString()
          ? new BigDecimal(node.stringValue().strip()).doubleValue()
          : Double.NaN;
    } catch (NumberFormatException | tools.jackson.core.JacksonException e) {
      return Double.NaN;
    }
  }

  private static String text(JsonNode node) {
    return Text.whole(node.isString() ? node.stringValue() : node.toString());
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }
}
