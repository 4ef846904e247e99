// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.jira;

import java.util.Map;

/** The three statuses of the fake's workflow, each with the transition that leads to it. */
public enum JiraStatus {
  TO_DO("10000", "To Do", "11", 2, "new"),
  IN_PROGRESS("10001", "In Progress", "21", 4, "indeterminate"),
  DONE("10002", "Done", "31", 3, "done");

  private final String id;
  private final String shown;
  private final String transition;
  private final int categoryId;
  private final String category;

  JiraStatus(String id, String shown, String transition, int categoryId, String category) {
    this.id = id;
    this.shown = shown;
    this.transition = transition;
    this.categoryId = categoryId;
    this.category = category;
  }

  String transition() {
    return transition;
  }

  Map<String, Object> json() {
    return Map.of(
        "id", id,
        "name", shown,
        "statusCategory", Map.of("id", categoryId, "key", category, "name", shown));
  }

  Map<String, Object> transitionJson() {
    return Map.of("id", transition, "name", shown, "hasScreen", false, "to", json());
  }
}
