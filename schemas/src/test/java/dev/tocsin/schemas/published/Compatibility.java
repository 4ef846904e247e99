// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.published;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What of a released schema a later one breaks, for a reader or a writer of the released version.
 *
 * <p>Each finding names the place. New members that may be absent, new cases and new constants are
 * no break here: readers are updated first.
 */
final class Compatibility {

  private final JsonNode released;
  private final JsonNode present;
  private final List<String> breaks = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private Compatibility(JsonNode released, JsonNode present) {
    this.released = released;
    this.present = present;
  }

  static List<String> breaks(JsonNode released, JsonNode present) {
    Compatibility comparison = new Compatibility(released, present);
    comparison.compare("", released, present);
    return comparison.breaks;
  }

  private void compare(String at, JsonNode before, JsonNode now) {
    if (before.has("$ref") && !seen.add(at + before.get("$ref").asString())) {
      return;
    }
    JsonNode old = resolve(released, before);
    JsonNode young = resolve(present, now);
    if (old.has("anyOf") && old.get("anyOf").get(0).has("$ref")) {
      compareCases(at, old.get("anyOf"), young.path("anyOf"));
      return;
    }
    if (!old.path("type").equals(young.path("type"))
        || !old.path("format").equals(young.path("format"))
        || !old.path("anyOf").equals(young.path("anyOf"))) {
      breaks.add(at + ": was of another type");
      return;
    }
    for (JsonNode constant : old.path("enum")) {
      if (!contains(young.path("enum"), constant)) {
        breaks.add(at + ": constant " + constant.asString() + " is gone");
      }
    }
    old.path("properties")
        .properties()
        .forEach(
            member -> {
              String path = at + "/" + member.getKey();
              JsonNode same = young.path("properties").path(member.getKey());
              if (same.isMissingNode()) {
                breaks.add(path + ": is gone, or has another name");
              } else {
                compare(path, member.getValue(), same);
              }
            });
    compareRequired(at, old, young);
    for (String within : List.of("items", "additionalProperties")) {
      if (old.path(within).isObject()) {
        compare(at + "[]", old.get(within), young.path(within));
      }
    }
  }

  private void compareRequired(String at, JsonNode old, JsonNode young) {
    for (JsonNode member : young.path("required")) {
      if (!contains(old.path("required"), member)) {
        breaks.add(at + "/" + member.asString() + ": is required now, and older records lack it");
      }
    }
    for (JsonNode member : old.path("required")) {
      if (young.path("properties").has(member.asString())
          && !contains(young.path("required"), member)) {
        breaks.add(at + "/" + member.asString() + ": may be absent now, and older readers need it");
      }
    }
  }

  private void compareCases(String at, JsonNode old, JsonNode young) {
    for (JsonNode before : old) {
      String name = caseName(released, before);
      JsonNode now = null;
      for (JsonNode candidate : young) {
        if (caseName(present, candidate).equals(name)) {
          now = candidate;
        }
      }
      if (now == null) {
        breaks.add(at + "(" + name + "): the case is gone");
      } else {
        compare(at + "(" + name + ")", before, now);
      }
    }
  }

  private static String caseName(JsonNode root, JsonNode node) {
    return resolve(root, node).at("/properties/type/const").asString("");
  }

  private static JsonNode resolve(JsonNode root, JsonNode node) {
    return node.has("$ref") ? root.at(node.get("$ref").asString().substring(1)) : node;
  }

  private static boolean contains(JsonNode array, JsonNode element) {
    for (JsonNode candidate : array) {
      if (candidate.equals(element)) {
        return true;
      }
    }
    return false;
  }
}
