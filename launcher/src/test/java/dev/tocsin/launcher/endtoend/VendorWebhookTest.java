// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.endtoend;

import static dev.tocsin.launcher.endtoend.Outside.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.launcher.Everything;
import dev.tocsin.testkit.callback.WebhookSender;
import dev.tocsin.testkit.jira.JiraIssue;
import dev.tocsin.testkit.jira.JiraStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people do at the vendors', told by their webhooks alone: nobody is polled in time. */
class VendorWebhookTest {

  private static final String STARTED = "2026-03-02T10:00:00Z";
  private static final String SECRET = "shared-with-the-vendor";

  @TempDir Path data;

  private final Outside outside = new Outside();

  @AfterEach
  void close() {
    outside.close();
  }

  @Test
  void whatPeopleDoThere_isInTheStory_andGoesToTheOtherVendor_andNotBack() {
    try (Everything program = Everything.start(data, "", settings());
        WebhookSender pagerDuty =
            outside.pagerDuty.sendWebhooksTo(
                outside.ingest().resolve("/v1/callbacks/pagerduty"), SECRET);
        WebhookSender jira =
            outside.jira.sendWebhooksTo(outside.ingest().resolve("/v1/callbacks/jira"), SECRET)) {
      assertThat(program.report()).isNotEmpty();
      assertThat(outside.post("firing", "checkout", STARTED)).isEqualTo(202);
      eventually(() -> outside.pagerDuty.openIncidents().size() == 1);
      eventually(() -> outside.jira.issues().size() == 1);
      String incident = outside.get("/v1/incidents").path("items").path(0).path("id").asString();
      String page = outside.pagerDuty.openIncidents().getFirst().id();
      String ticket = outside.jira.issues().getFirst().key();

      outside.pagerDuty.acknowledgeByHand(page, "Ada");
      eventually(() -> status(incident).equals("ACKNOWLEDGED"));
      outside.pagerDuty.reassignByHand(page, "Ada", "Ben");
      outside.pagerDuty.noteByHand(page, "Ben", "Rolling back");
      outside.jira.commentByHand(ticket, "Cleo", "Customers are told");
      outside.jira.moveByHand(ticket, JiraStatus.DONE, "Cleo");
      eventually(() -> notes(incident).size() == 4);
      assertThat(notes(incident))
          .containsExactlyInAnyOrder(
              "Ada, pagerduty: Assigned the page to Ben.",
              "Ben, pagerduty: Rolling back",
              "Cleo, jira: On %s: Customers are told".formatted(ticket),
              "Cleo, jira: Moved %s to Done. The incident goes on until its alerts clear or somebody resolves it."
                  .formatted(ticket));
      eventually(
          () ->
              outside.pagerDuty.incidents().getFirst().notes().stream()
                  .anyMatch(note -> note.contains("Customers are told")));
      eventually(() -> comments().stream().anyMatch(text -> text.contains("Rolling back")));

      outside.pagerDuty.resolveByHand(page, "Ben");
      eventually(() -> status(incident).equals("RESOLVED"));
      outside.pagerDuty.reopenByHand(page, "Ada");
      eventually(
          () -> notes(incident).stream().anyMatch(n -> n.startsWith("Ada, pagerduty: Reopened")));

      // Nothing that we wrote came back as somebody's word.
      assertThat(notes(incident)).hasSize(5);
      assertThat(outside.pagerDuty.incidents()).hasSize(1);
      assertThat(pagerDuty.statuses()).isNotEmpty().containsOnly(202);
      assertThat(jira.statuses()).isNotEmpty().containsOnly(202);
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = outside.settings();
    settings.put("tocsin.ingest.callbacks.pagerduty.secret", SECRET);
    settings.put("tocsin.ingest.callbacks.jira.secret", SECRET);
    settings.put("tocsin.pagerduty.poll-interval", "10m");
    settings.put("tocsin.jira.poll-interval", "10m");
    return settings;
  }

  private String status(String incident) {
    return outside.get("/v1/incidents/" + incident).path("status").asString("");
  }

  private List<String> notes(String incident) {
    return outside
        .get("/v1/incidents/" + incident)
        .path("timeline")
        .valueStream()
        .filter(entry -> entry.path("kind").asString("").equals("incident.note-added"))
        .map(entry -> entry.path("data"))
        .map(VendorWebhookTest::shortly)
        .toList();
  }

  private static String shortly(JsonNode note) {
    return note.path("by").asString()
        + ", "
        + note.path("via").asString()
        + ": "
        + note.path("text").asString();
  }

  private List<String> comments() {
    return outside.jira.issues().stream()
        .map(JiraIssue::comments)
        .flatMap(List::stream)
        .map(comment -> comment.text())
        .toList();
  }
}
