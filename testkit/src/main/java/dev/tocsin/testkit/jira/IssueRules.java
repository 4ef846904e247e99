// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.jira;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What Jira finds wrong with an issue to be created: a message for each faulty field. */
final class IssueRules {

  static final Set<String> TYPES = Set.of("Task", "Bug", "Incident", "Story");

  private IssueRules() {}

  static Map<String, String> faults(JsonNode fields, String project) {
    Map<String, String> faults = new LinkedHashMap<>();
    if (!fields.path("project").path("key").asString("").equals(project)) {
      faults.put("project", "Specify a valid project ID or key");
    }
    if (!TYPES.contains(fields.path("issuetype").path("name").asString(""))) {
      faults.put("issuetype", "Specify a valid issue type");
    }
    String summary = fields.path("summary").asString("");
    if (summary.isBlank()) {
      faults.put("summary", "You must specify a summary of the issue.");
    } else if (summary.length() > 255) {
      faults.put("summary", "Summary can't exceed 255 characters.");
    } else if (summary.contains("\n") || summary.contains("\r")) {
      faults.put("summary", "The summary is invalid because it contains newline characters.");
    }
    JsonNode description = fields.path("description");
    if (!description.isMissingNode()) {
      String fault = Adf.fault(description);
      if (fault != null) {
        faults.put("description", fault);
      }
    }
    for (JsonNode label : fields.path("labels")) {
      if (label.asString("").isEmpty() || label.asString("").contains(" ")) {
        faults.put("labels", "The label '" + label.asString("") + "' contains spaces.");
      }
    }
    return faults;
  }
}
