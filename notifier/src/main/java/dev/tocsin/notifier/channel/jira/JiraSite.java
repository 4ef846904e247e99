// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.jira;

import dev.tocsin.notifier.channel.call.HttpCalls;
import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.schemas.topic.Json;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The parts of Jira's REST v3 that we use, in its own words. */
final class JiraSite {

  /** For what only reads, so that several fit into one attempt. */
  private static final Duration TO_READ = Duration.ofSeconds(5);

  private final JiraSettings settings;
  private final JiraRest rest;
  private final HttpCalls calls;

  JiraSite(JiraSettings settings, HttpCalls calls) {
    this.settings = settings;
    this.rest = new JiraRest(settings);
    this.calls = calls;
  }

  String project() {
    return settings.project();
  }

  Reply createIssue(ObjectNode body) {
    return calls.make(rest.post("/issue", body));
  }

  Reply issue(String key) {
    return calls.make(rest.get("/issue/" + key + "?fields=status"), TO_READ);
  }

  /** Sees an issue only some time after it was created. */
  Reply search(String jql, int most) {
    ObjectNode body = Json.MAPPER.createObjectNode().put("jql", jql).put("maxResults", most);
    body.putArray("fields").add("labels");
    return calls.make(rest.post("/search/jql", body), TO_READ);
  }

  /** Sees an issue at once; keys that do not exist are left out of the answer. */
  Reply bulkFetch(List<String> keys) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    ArrayNode asked = body.putArray("issueIdsOrKeys");
    keys.forEach(asked::add);
    body.putArray("fields").add("labels");
    body.putArray("properties").add(IssueRequest.PROPERTY);
    return calls.make(rest.post("/issue/bulkfetch", body), TO_READ);
  }

  Reply comments(String key) {
    return calls.make(
        rest.get("/issue/" + key + "/comment?orderBy=-created&maxResults=100&expand=properties"),
        TO_READ);
  }

  Reply comment(String key, ObjectNode body) {
    return calls.make(rest.post("/issue/" + key + "/comment", body));
  }

  Reply transitions(String key) {
    return calls.make(rest.get("/issue/" + key + "/transitions"), TO_READ);
  }

  Reply transition(String key, ObjectNode body) {
    return calls.make(rest.post("/issue/" + key + "/transitions", body));
  }

  Reply remoteLink(String key, ObjectNode body) {
    return calls.make(rest.post("/issue/" + key + "/remotelink", body), TO_READ);
  }
}
