// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.jira;

import dev.tocsin.notifier.channel.call.Call;
import dev.tocsin.schemas.topic.Json;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Calls of Jira's REST API, with the token in their headers. */
public final class JiraRest {

  /** The entity property that says whose an issue or a comment is. */
  public static final String PROPERTY = IssueRequest.PROPERTY;

  private final JiraSettings settings;

  public JiraRest(JiraSettings settings) {
    this.settings = settings;
  }

  /** The path begins with a slash, and its query is encoded. */
  public Call get(String path) {
    return Call.get(settings.rest(path), headers());
  }

  public Call post(String path, ObjectNode body) {
    return Call.post(settings.rest(path), headers(), Json.MAPPER.writeValueAsBytes(body));
  }

  private Map<String, String> headers() {
    return Map.of(
        "Authorization",
        settings.authorization(),
        "Accept",
        "application/json",
        "Content-Type",
        "application/json");
  }
}
