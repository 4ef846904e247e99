// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.jira;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A comment: its body in ADF, and its entity properties by key. */
public record JiraComment(long id, JsonNode body, Map<String, JsonNode> properties) {

  public String text() {
    return Adf.text(body);
  }
}
