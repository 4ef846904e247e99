// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.endtoend;

import static dev.tocsin.launcher.endtoend.Outside.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.launcher.Everything;
import dev.tocsin.testkit.jira.JiraIssue;
import dev.tocsin.testkit.pagerduty.PagerDutyIncident;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people do in PagerDuty, in Tocsin. */
class CallbackTest {

  private static final String STARTED = "2026-03-02T10:00:00Z";

  @TempDir Path data;

  private final Outside outside = new Outside();

  @AfterEach
  void close() {
    outside.close();
  }

  @Test
  void acknowledgedInPagerDuty_isAcknowledgedHere_andNotSaidBack() {
    try (Everything program = Everything.start(data, "", settings())) {
      assertThat(program.report()).isNotEmpty();
      String incident = page();

      outside.pagerDuty.acknowledgeByHand(outside.pagerDuty.openIncidents().getFirst().id(), "Ada");
      eventually(() -> story(incident).path("status").asString("").equals("ACKNOWLEDGED"));
      assertThat(story(incident).path("acknowledgedBy").asString()).isEqualTo("Ada");
      assertThat(entry(incident, "incident.acknowledged").path("data").path("via").asString())
          .isEqualTo("pagerduty");

      // A lane keeps its order: an acknowledgement said back would come before the resolve.
      assertThat(outside.post("resolved", "checkout", STARTED)).isEqualTo(202);
      eventually(() -> outside.pagerDuty.openIncidents().isEmpty());
      assertThat(actions()).containsExactly("trigger", "resolve");
    }
  }

  @Test
  void resolvedInPagerDuty_isResolvedHere() {
    try (Everything program = Everything.start(data, "", settings())) {
      assertThat(program.report()).isNotEmpty();
      String incident = page();
      eventually(() -> outside.jira.issues().size() == 1);

      outside.pagerDuty.resolveByHand(outside.pagerDuty.openIncidents().getFirst().id(), "Grace");
      eventually(() -> story(incident).path("status").asString("").equals("RESOLVED"));
      assertThat(entry(incident, "incident.resolved").path("data").path("by").asString())
          .isEqualTo("Grace");
      eventually(() -> outside.jira.issues().stream().allMatch(JiraIssue::isDone));
      assertThat(outside.pagerDuty.incidents()).hasSize(1).noneMatch(PagerDutyIncident::isOpen);
    }
  }

  @Test
  void pageThatMissedTheEnd_isResolvedAndTheStorySaysSo() {
    try (Everything program = Everything.start(data, "", settings())) {
      assertThat(program.report()).isNotEmpty();
      String incident = page();
      eventually(() -> outside.jira.issues().size() == 1);

      outside.pagerDuty.dropNext(1);
      assertThat(outside.post("resolved", "checkout", STARTED)).isEqualTo(202);
      eventually(() -> outside.jira.issues().stream().allMatch(JiraIssue::isDone));
      eventually(() -> actions().contains("resolve"));
      assertThat(outside.pagerDuty.openIncidents()).hasSize(1);

      eventually(() -> outside.pagerDuty.openIncidents().isEmpty());
      assertThat(actions()).containsExactly("trigger", "resolve", "resolve");
      eventually(() -> note(incident, "was still open in PagerDuty"));
    }
  }

  @Test
  void pageThatSomebodyOpenedAgain_isLeftOpen() {
    try (Everything program = Everything.start(data, "", settings())) {
      assertThat(program.report()).isNotEmpty();
      String incident = page();
      String page = outside.pagerDuty.openIncidents().getFirst().id();
      assertThat(outside.post("resolved", "checkout", STARTED)).isEqualTo(202);
      eventually(() -> outside.pagerDuty.openIncidents().isEmpty());

      outside.pagerDuty.reopenByHand(page, "Ada");

      eventually(() -> note(incident, "Reopened the page"));
      assertThat(outside.pagerDuty.openIncidents()).hasSize(1);
      assertThat(actions()).containsExactly("trigger", "resolve");
    }
  }

  private boolean note(String incident, String text) {
    return story(incident)
        .path("timeline")
        .valueStream()
        .anyMatch(
            entry ->
                entry.path("kind").asString("").equals("incident.note-added")
                    && entry.path("text").asString("").contains(text));
  }

  private Map<String, String> settings() {
    Map<String, String> settings = outside.settings();
    settings.put("tocsin.jira.poll-interval", "200ms");
    settings.put("tocsin.pagerduty.poll-interval", "200ms");
    return settings;
  }

  /** Has an incident paged; its id. */
  private String page() {
    assertThat(outside.post("firing", "checkout", STARTED)).isEqualTo(202);
    eventually(() -> outside.pagerDuty.openIncidents().size() == 1);
    return outside.get("/v1/incidents").path("items").path(0).path("id").asString();
  }

  private JsonNode story(String incident) {
    return outside.get("/v1/incidents/" + incident);
  }

  private JsonNode entry(String incident, String kind) {
    return story(incident)
        .path("timeline")
        .valueStream()
        .filter(entry -> entry.path("kind").asString("").equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private List<String> actions() {
    return outside.pagerDuty.requests().stream()
        .filter(request -> request.path().equals("/v2/enqueue"))
        .map(request -> request.json().path("event_action").asString())
        .toList();
  }
}
