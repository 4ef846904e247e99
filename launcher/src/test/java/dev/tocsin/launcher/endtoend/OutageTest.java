// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.endtoend;

import static dev.tocsin.launcher.endtoend.Outside.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.launcher.Everything;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.testkit.jira.JiraIssue;
import dev.tocsin.testkit.llm.Script;
import dev.tocsin.testkit.pagerduty.PagerDutyIncident;
import dev.tocsin.testkit.webhook.FakeWebhookReceiver;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One alert, all the way, on the embedded broker. */
class OutageTest {

  private static final String STARTED = "2026-03-02T10:00:00Z";

  @TempDir Path data;

  private final Outside outside = new Outside();

  @AfterEach
  void close() {
    outside.close();
  }

  @Test
  void outage_isPagedTicketedToldAndResolved_andAgainAfterARestart() {
    outside.model.follow(
        Script.investigates(
            new Script.Conclusion(
                "The pool is exhausted.",
                "A leak of connections.",
                0.7,
                List.of("Roll back"),
                List.of())));
    try (Everything program = Everything.start(data, "", outside.settingsWithModel())) {
      assertThat(program.report())
          .anyMatch(line -> line.contains("PagerDuty") && line.contains("on"));
      assertThat(
              outside.get("/actuator/health").at("/components/diskSpace/details/path").asString())
          .isEqualTo(data.toString());
      outside.subscriber.trust(subscribe());

      assertThat(outside.post("firing", "checkout", STARTED)).isEqualTo(202);
      eventually(() -> !outside.pagerDuty.openIncidents().isEmpty());
      PagerDutyIncident page = outside.pagerDuty.openIncidents().getFirst();
      assertThat(page.event().toString()).contains("checkout").contains("The pool is exhausted.");
      eventually(() -> outside.jira.issues().size() == 1);

      assertThat(outside.post("firing", "checkout", STARTED)).isEqualTo(202);
      String incident = outside.get("/v1/incidents").path("items").path(0).path("id").asString();
      assertThat(outside.command("/v1/incidents/" + incident + "/acknowledge", "{}").statusCode())
          .isEqualTo(202);
      eventually(
          () ->
              outside.pagerDuty.openIncidents().getFirst().status()
                  == PagerDutyIncident.Status.ACKNOWLEDGED);

      assertThat(outside.post("resolved", "checkout", STARTED)).isEqualTo(202);
      eventually(() -> outside.pagerDuty.openIncidents().isEmpty());
      eventually(() -> outside.jira.issues().stream().allMatch(JiraIssue::isDone));
      eventually(() -> types().contains("dev.tocsin.incident.resolved"));
      assertThat(types())
          .contains(
              "dev.tocsin.incident.opened",
              "dev.tocsin.page.sent",
              "dev.tocsin.ticket.created",
              "dev.tocsin.incident.acknowledged");
      assertThat(outside.subscriber.received()).allMatch(FakeWebhookReceiver.Received::verified);
      eventually(() -> accounted(3));
      assertThat(outside.metersWithoutWords()).isEmpty();
    }
    try (Everything again = Everything.start(data, "", outside.settingsWithModel())) {
      assertThat(again.report()).isNotEmpty();
      assertThat(outside.post("firing", "payments", STARTED)).isEqualTo(202);
      eventually(() -> outside.pagerDuty.openIncidents().size() == 1);
      eventually(() -> accounted(4));
      assertThat(outside.pagerDuty.incidents()).as("nothing is sent a second time").hasSize(2);
    }
  }

  @Test
  void hangingModel_delaysThePageToItsDeadlineAndNoLonger() {
    outside.model.follow(Script.hangs());
    var settings = outside.settingsWithModel();
    settings.put("tocsin.workflow.context-deadline", "1s");
    try (Everything program = Everything.start(data, "", settings)) {
      assertThat(program.report()).isNotEmpty();
      assertThat(outside.post("firing", "checkout", STARTED)).isEqualTo(202);
      eventually(() -> outside.pagerDuty.openIncidents().size() == 1);
      eventually(() -> outside.jira.issues().size() == 1);
    }
  }

  @Test
  void pagerDutyRefusingForAWhile_isAskedAgainUntilItTakesThePage() {
    outside.pagerDuty.failNext(2, 500, java.util.Map.of());
    outside.pagerDuty.failNext(1, 429, java.util.Map.of("Retry-After", "1"));
    try (Everything program = Everything.start(data, "", outside.settings())) {
      assertThat(program.report()).isNotEmpty();
      assertThat(outside.post("firing", "checkout", STARTED)).isEqualTo(202);
      eventually(() -> outside.pagerDuty.incidents().size() == 1);
      assertThat(outside.pagerDuty.requests()).hasSizeGreaterThanOrEqualTo(2);
    }
  }

  private String subscribe() {
    HttpResponse<String> answer =
        outside.command(
            "/v1/subscriptions",
            "{\"url\":\"%s\",\"events\":[\"dev.tocsin.*\"]}"
                .formatted(outside.subscriber.uri().resolve("/events")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Json.MAPPER.readTree(answer.body()).path("secret").asString();
  }

  private List<String> types() {
    return outside.subscriber.events().stream().map(FakeWebhookReceiver.Received::type).toList();
  }

  private boolean accounted(int accepted) {
    JsonNode accounting = outside.get("/v1/accounting");
    return accounting.path("accepted").asInt() == accepted
        && accounting.path("accounted").asInt() == accepted
        && accounting.path("unexplained").asInt(-1) == 0;
  }
}
