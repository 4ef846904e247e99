// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.endtoend;

import static dev.tocsin.launcher.endtoend.Outside.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.launcher.Everything;
import dev.tocsin.testkit.callback.WebhookSender;
import dev.tocsin.testkit.pagerduty.PagerDutyIncident;
import dev.tocsin.testkit.slack.FakeSlack;
import dev.tocsin.testkit.slack.SlackMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people press in Slack, from the post that has the button to the page that is over. */
class SlackButtonTest {

  private static final String STARTED = "2026-03-02T10:00:00Z";
  private static final String LATER = "2026-03-02T11:00:00Z";
  private static final String SECRET = "of-the-app";

  @TempDir Path data;

  private final Outside outside = new Outside();

  @AfterEach
  void close() {
    outside.close();
  }

  @Test
  void pressedButton_actsInTheNameOfWhoPressed_andAStaleOneDoesNothing() {
    try (Everything program = Everything.start(data, "", settings());
        WebhookSender presses =
            outside.slack.sendInteractionsTo(
                outside.ingest().resolve("/v1/callbacks/slack"), SECRET)) {
      assertThat(program.report()).anyMatch(line -> line.contains("on   Slack buttons"));
      assertThat(outside.post("firing", "checkout", STARTED)).isEqualTo(202);
      eventually(() -> posts().size() == 1);
      eventually(() -> outside.pagerDuty.openIncidents().size() == 1);
      String incident = outside.get("/v1/incidents").path("items").path(0).path("id").asString();
      SlackMessage fresh = post(0);
      assertThat(fresh.button("acknowledge")).isPresent();

      outside.slack.pressByHand(fresh, "acknowledge", "ana");
      eventually(() -> status(incident).equals("ACKNOWLEDGED"));
      eventually(
          () ->
              outside.pagerDuty.openIncidents().getFirst().status()
                  == PagerDutyIncident.Status.ACKNOWLEDGED);
      eventually(() -> post(0).button("acknowledge").isEmpty());
      assertThat(post(0).text()).contains("(acknowledged)");
      assertThat(post(0).blocks().toString()).contains("ana");
      SlackMessage acknowledged = post(0);

      outside.slack.pressByHand(acknowledged, "resolve", "ben");
      eventually(() -> status(incident).equals("RESOLVED"));
      eventually(() -> outside.pagerDuty.openIncidents().isEmpty());
      eventually(() -> post(0).text().contains("(resolved)"));
      assertThat(post(0).button("resolve")).isEmpty();
      assertThat(by(incident)).containsExactly("ana, slack", "ben, slack");

      // Their screens still show the buttons of before.
      outside.slack.pressByHand(fresh, "acknowledge", "cleo");
      outside.slack.pressByHand(acknowledged, "resolve", "cleo");
      eventually(() -> passed("no_change") == 2);

      assertThat(outside.post("firing", "checkout", LATER)).isEqualTo(202);
      eventually(() -> status(incident).equals("OPEN"));
      eventually(() -> posts().size() == 2);
      outside.slack.pressByHand(acknowledged, "resolve", "cleo");
      eventually(() -> passed("no_change") == 3);
      assertThat(status(incident)).isEqualTo("OPEN");
      assertThat(by(incident)).doesNotContain("cleo, slack");
      assertThat(presses.statuses()).hasSize(5).containsOnly(200);
    }
  }

  private Map<String, String> settings() {
    Map<String, String> settings = outside.settings();
    settings.put("tocsin.slack.buttons", "true");
    settings.put("tocsin.ingest.callbacks.slack.secret", SECRET);
    settings.put("tocsin.pagerduty.poll-interval", "10m");
    settings.put("tocsin.jira.poll-interval", "10m");
    return settings;
  }

  private List<SlackMessage> posts() {
    return outside.slack.messages(FakeSlack.CHANNEL).stream()
        .filter(message -> !message.isReply())
        .toList();
  }

  /** As it is now. */
  private SlackMessage post(int n) {
    return posts().get(n);
  }

  private String status(String incident) {
    return outside.get("/v1/incidents/" + incident).path("status").asString("");
  }

  /** Who acknowledged and resolved it, and by what way. */
  private List<String> by(String incident) {
    return outside
        .get("/v1/incidents/" + incident)
        .path("timeline")
        .valueStream()
        .filter(
            entry ->
                List.of("incident.acknowledged", "incident.resolved")
                    .contains(entry.path("kind").asString("")))
        .map(entry -> entry.path("data"))
        .map(data -> data.path("by").asString() + ", " + data.path("via").asString())
        .toList();
  }

  private double passed(String reason) {
    return outside.counted("tocsin_callbacks_passed_total", "reason=\"" + reason + '"');
  }
}
