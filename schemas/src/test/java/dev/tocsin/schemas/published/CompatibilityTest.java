// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.published;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.topic.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CompatibilityTest {

  private static final String RELEASED =
      """
      {
        "$defs": {
          "Opened": {
            "type": "object",
            "properties": {
              "type": {"const": "opened"},
              "how": {"type": "string", "enum": ["BAD", "WORSE"]},
              "marks": {"type": "object", "additionalProperties": {"type": "string"}},
              "notes": {"type": "array", "items": {"type": "string"}},
              "by": {"type": "string"}
            },
            "required": ["type", "how", "marks", "notes"]
          },
          "Closed": {
            "type": "object",
            "properties": {"type": {"const": "closed"}, "first": {"$ref": "#/$defs/Opened"}},
            "required": ["type"]
          }
        },
        "anyOf": [{"$ref": "#/$defs/Opened"}, {"$ref": "#/$defs/Closed"}]
      }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "title": 1                      | "title": 1                          |
          "by": {"type": "string"}        | "who": {"type": "string"}           | (opened)/by: is gone, or has another name
          "by": {"type": "string"}        | "by": {"type": "integer"}           | (opened)/by: was of another type
          "BAD", "WORSE"                  | "BAD"                               | (opened)/how: constant WORSE is gone
          "BAD", "WORSE"                  | "BAD", "WORSE", "WORST"             |
          "how", "marks", "notes"]        | "how", "marks", "notes", "by"]      | (opened)/by: is required now, and older records lack it
          "how", "marks", "notes"]        | "how", "marks"]                     | (opened)/notes: may be absent now, and older readers need it
          "additionalProperties": {"type": "string"} | "additionalProperties": {"type": "number"} | (opened)/marks[]: was of another type
          "items": {"type": "string"}     | "items": {"type": "number"}         | (opened)/notes[]: was of another type
          "const": "closed"               | "const": "ended"                    | (closed): the case is gone
          "by": {"type": "string"}        | "by": {"type": "string"}, "via": {} |
          """)
  void change_isABreak_orIsNot(String old, String young, String finding) {
    JsonNode released = Json.MAPPER.readTree(RELEASED);
    JsonNode present = Json.MAPPER.readTree(RELEASED.replace(old, young));
    if (finding == null) {
      assertThat(Compatibility.breaks(released, present)).isEmpty();
    } else {
      assertThat(Compatibility.breaks(released, present)).contains(finding);
    }
  }
}
