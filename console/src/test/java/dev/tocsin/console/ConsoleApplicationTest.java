// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import static dev.tocsin.console.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.anomaly.Anomaly;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.run.Run;
import dev.tocsin.schemas.topic.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ConsoleApplicationTest extends ConsoleContext {

  @Test
  void outage_isToldFromItsAlertsToItsDeliveries() throws Exception {
    String incident = "inc_story";
    Alert first = Samples.alert("rcpt1-0");
    Alert second =
        Samples.alert("rcpt1-1", "Checkout latency", AlertStatus.FIRING, NOON.plusSeconds(5));
    happened(Topics.ALERTS, first.group(), first);
    happened(
        Topics.ALERT_OUTCOMES,
        first.id(),
        Samples.outcome(first, AlertOutcome.Outcome.OPENED, incident));
    happened(Topics.INCIDENTS, incident, Samples.opened(incident, first, Severity.ERROR));
    happened(
        Topics.INCIDENTS,
        incident,
        new IncidentEvent.AlertAdded(incident, NOON.plusSeconds(5), 1, IncidentAlert.of(second)));
    happened(
        Topics.INCIDENTS,
        incident,
        new IncidentEvent.SeverityRaised(
            incident, NOON.plusSeconds(6), 1, Severity.ERROR, Severity.CRITICAL));
    happened(
        Topics.RUNS, incident, Samples.run(incident, Run.Status.FINISHED, NOON.plusSeconds(1)));
    happened(Topics.STEP_RESULTS, incident, Samples.context(incident, NOON.plusSeconds(4)));
    happened(
        Topics.DELIVERIES,
        incident,
        Samples.page("dlv_story", incident, Delivery.Status.DELIVERED, NOON.plusSeconds(5)));

    JsonNode story = json(get("/v1/incidents/" + incident));

    assertThat(story.get("severity").asString()).isEqualTo("CRITICAL");
    assertThat(story.get("alerts")).hasSize(2);
    assertThat(story.get("context").get("model").asString()).isEqualTo("a-model");
    assertThat(story.get("deliveries")).hasSize(1);
    assertThat(story.get("runs")).hasSize(1);
    assertThat(story.get("timeline").valueStream().map(e -> e.get("kind").asString()))
        .startsWith("incident.opened", "run.started")
        .contains("context.arrived", "delivery.planned", "delivery.attempt", "step.done")
        .endsWith("run.finished");

    JsonNode explained = json(get("/v1/alerts/rcpt1-0/explanation"));
    assertThat(explained.get("outcome").asString()).isEqualTo("OPENED");
    assertThat(explained.get("incident").get("id").asString()).isEqualTo(incident);
    assertThat(explained.get("followed")).hasSize(1);
    assertThat(explained.get("text").asString())
        .contains("so it opened one", "page to pagerduty/default: delivered");

    assertThat(json(get("/v1/alerts?receipt=rcpt1")).get("ids")).hasSize(1);
    assertThat(json(get("/v1/accounting")).get("accepted").asLong()).isPositive();
  }

  @Test
  void incidents_areListedLatestFirstPageByPage() throws Exception {
    for (int i = 0; i < 5; i++) {
      Alert alert =
          Samples.alert("page-" + i, "Paging sample " + i, AlertStatus.FIRING, NOON.plusSeconds(i));
      happened(Topics.INCIDENTS, "inc_p" + i, Samples.opened("inc_p" + i, alert, Severity.INFO));
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          json(get("/v1/incidents?q=paging+sample&status=OPEN&limit=2&cursor=" + cursor));
      page.get("items").forEach(item -> seen.add(item.get("id").asString()));
      cursor = page.get("next").isNull() ? null : page.get("next").asString();
    } while (cursor != null);
    assertThat(seen).containsExactly("inc_p4", "inc_p3", "inc_p2", "inc_p1", "inc_p0");
    assertThat(json(get("/v1/incidents?severity=CRITICAL&q=paging+sample")).get("items")).isEmpty();
  }

  @Test
  void actions_becomeCommandsAndAuditEntries() throws Exception {
    Alert alert = Samples.alert("act-0");
    happened(Topics.INCIDENTS, "inc_act", Samples.opened("inc_act", alert, Severity.ERROR));

    HttpResponse<String> accepted = post("/v1/incidents/inc_act/acknowledge", "");
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(json(accepted).get("command").asString()).startsWith("cmd_");
    assertThat(post("/v1/incidents/inc_act/notes", "{\"text\":\"looking\"}").statusCode())
        .isEqualTo(202);

    try (Records records = Records.of(broker, Topics.COMMANDS.name())) {
      assertThat(records.keysAndValues())
          .anyMatch(
              r ->
                  r.startsWith(alert.group())
                      && r.contains("\"type\":\"acknowledge\"")
                      && r.contains("\"by\":\"admin\""))
          .anyMatch(r -> r.contains("add-note") && r.contains("looking"));
    }
    try (Records records = Records.of(broker, Topics.AUDIT.name())) {
      assertThat(records.keysAndValues())
          .anyMatch(r -> r.startsWith("admin") && r.contains("incident.acknowledge"));
    }
  }

  @Test
  void actions_thatCannotBe_areRefusedWithTheirReason() throws Exception {
    happened(
        Topics.INCIDENTS,
        "inc_over",
        Samples.opened("inc_over", Samples.alert("over-0"), Severity.ERROR));
    happened(Topics.INCIDENTS, "inc_over", Samples.resolved("inc_over", NOON.plusSeconds(90)));

    HttpResponse<String> late = post("/v1/incidents/inc_over/resolve", "");
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(json(late).get("detail").asString())
        .contains("was resolved at 2026-11-22T12:01:30Z");

    HttpResponse<String> unknown = post("/v1/incidents/inc_none/acknowledge", "");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(json(unknown).get("id").asString()).isEqualTo("inc_none");

    assertThat(
            json(post("/v1/incidents/inc_over/notes", "{\"text\":\" \"}"))
                .get("parameter")
                .asString())
        .isEqualTo("text");
    assertThat(
            json(post("/v1/incidents/inc_over/notes", "{\"txt\":\"hi\"}")).get("detail").asString())
        .contains("txt should be one of text");
    assertThat(json(post("/v1/incidents/inc_over/notes", "hi")).get("parameter").asString())
        .isEqualTo("body");
    assertThat(json(get("/v1/incidents?status=CLOSED")).get("allowed").asString())
        .isEqualTo("one of OPEN, ACKNOWLEDGED, RESOLVED");
    assertThat(json(get("/v1/incidents?limit=1000")).get("detail").asString())
        .isEqualTo("limit should be a number from 1 to 200: was 1000");
    assertThat(get("/v1/incidents?cursor=%C3%A4").statusCode()).isEqualTo(400);
    assertThat(get("/v1/nothing").statusCode()).isEqualTo(404);
    assertThat(send("PUT", "/v1/incidents", "{}", Map.of("Authorization", BASIC)).statusCode())
        .isEqualTo(405);
    try (Records records = Records.of(broker, Topics.AUDIT.name())) {
      assertThat(records.keysAndValues())
          .anyMatch(r -> r.contains("refused") && r.contains("inc_over/resolve"));
    }
  }

  @Test
  void subscription_showsItsSecretOnce() throws Exception {
    String wish =
        """
        {"url":"https://hooks.example.com/tocsin","events":["dev.tocsin.incident.*"],
         "filter":{"atLeast":"ERROR","labels":{"service":"checkout"}}}\
        """;
    HttpResponse<String> created = post("/v1/subscriptions", wish);
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(json(created).get("secret").asString()).startsWith("whsec_");
    String path = created.headers().firstValue("location").orElseThrow();

    JsonNode shown = json(get(path));
    assertThat(shown.has("secret")).isFalse();
    assertThat(shown.get("filter").get("atLeast").asString()).isEqualTo("ERROR");
    String id = json(created).get("id").asString();
    assertThat(get("/v1/subscriptions").body()).contains(id);

    assertThat(send("DELETE", path, null, Map.of("Authorization", BEARER)).statusCode())
        .isEqualTo(204);
    assertThat(get(path).statusCode()).isEqualTo(404);
    assertThat(get("/v1/subscriptions").body()).doesNotContain(id);

    HttpResponse<String> inside =
        post("/v1/subscriptions", wish.replace("hooks.example.com", "169.254.169.254"));
    assertThat(inside.statusCode()).isEqualTo(400);
    assertThat(json(inside).get("detail").asString())
        .contains("169.254.169.254 is in 169.254.0.0/16, which is not public");
  }

  @Test
  void deliveries_areFilteredAndReplayed() throws Exception {
    happened(
        Topics.DELIVERIES, "inc_d", Samples.page("dlv_d1", "inc_d", Delivery.Status.PENDING, NOON));
    happened(
        Topics.DELIVERIES, "inc_d", Samples.page("dlv_d1", "inc_d", Delivery.Status.DEAD, NOON));
    happened(
        Topics.DELIVERIES,
        "inc_d",
        Samples.ticket("dlv_d2", "inc_d", Delivery.Status.PENDING, NOON.plusSeconds(1)));

    assertThat(json(get("/v1/deliveries?incident=inc_d")).get("items")).hasSize(2);
    assertThat(json(get("/v1/deliveries?incident=inc_d&status=DEAD")).get("items")).hasSize(1);
    assertThat(json(get("/v1/deliveries?incident=inc_d&channel=jira")).get("items")).hasSize(1);
    assertThat(json(get("/v1/deliveries/dlv_d1")).get("attempts")).hasSize(2);
    assertThat(post("/v1/deliveries/dlv_d1/replay", "").statusCode()).isEqualTo(202);
    assertThat(json(post("/v1/deliveries/dlv_d2/replay", "")).get("detail").asString())
        .contains("still being tried");
    try (Records records = Records.of(broker, Topics.COMMANDS.name())) {
      assertThat(records.keysAndValues())
          .anyMatch(r -> r.startsWith("pagerduty/default") && r.contains("replay-delivery"));
    }
  }

  @Test
  void deadLetters_areKeptWholeAndSentThroughAgain() throws Exception {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(
            Topics.deadLetters("detection"), null, bytes("group"), bytes("{not json"));
    letter.headers().add("tocsin_service", bytes("detection"));
    letter.headers().add("tocsin_origin", bytes(Topics.ALERTS.name()));
    letter.headers().add("tocsin_position", bytes("1/7"));
    letter.headers().add("tocsin_cause", bytes("not an Alert"));
    letter.headers().add("traceparent", bytes("00-abc"));
    RecordMetadata at = happened(letter);
    String id = "detection-%d-%d".formatted(at.partition(), at.offset());

    JsonNode shown = json(get("/v1/dead-letters/" + id));
    assertThat(shown.get("text").asString()).isEqualTo("{not json");
    assertThat(shown.get("value").asString()).isEqualTo(base64("{not json"));
    assertThat(shown.get("headers")).hasSize(1);
    assertThat(json(get("/v1/dead-letters?service=detection")).get("items")).isNotEmpty();
    assertThat(json(get("/v1/accounting")).get("deadLetters").get("detection").asLong())
        .isPositive();

    assertThat(post("/v1/dead-letters/" + id + "/replay", "").statusCode()).isEqualTo(202);
    try (Records records = Records.of(broker, Topics.ALERTS.name())) {
      assertThat(records.keysAndValues()).contains("group {not json");
    }

    ProducerRecord<byte[], byte[]> http =
        new ProducerRecord<>(Topics.deadLetters("ingest"), null, null, new byte[] {(byte) 0xff});
    http.headers().add("tocsin_origin", bytes("http"));
    RecordMetadata from = happened(http);
    HttpResponse<String> refused =
        post("/v1/dead-letters/ingest-%d-%d/replay".formatted(from.partition(), from.offset()), "");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(json(refused).get("detail").asString()).contains("send it to ingest again");
  }

  @Test
  void anomalies_areOneEpisodeEach() throws Exception {
    happened(Topics.ANOMALIES, "g", Samples.anomaly("ano-1", NOON, Anomaly.Status.OFF_BAND));
    happened(Topics.ANOMALIES, "g", Samples.anomaly("ano-1", NOON, Anomaly.Status.BACK));
    JsonNode items = json(get("/v1/anomalies")).get("items");
    assertThat(items).hasSize(1);
    assertThat(items.get(0).get("status").asString()).isEqualTo("BACK");
    assertThat(json(get("/v1/anomalies?status=OFF_BAND")).get("items")).isEmpty();
  }

  @Test
  void forecasts_areTheLatestOfEachSeries_theSoonestFirst() throws Exception {
    happened(Topics.FORECASTS, "disk{host=a}", Samples.forecast("disk{host=a}", NOON, null));
    happened(Topics.FORECASTS, "disk{host=b}", Samples.forecast("disk{host=b}", NOON, 3.0));
    happened(Topics.FORECASTS, "disk{host=c}", Samples.forecast("disk{host=c}", NOON, 9.0));
    happened(Topics.FORECASTS, "disk{host=b}", Samples.forecast("disk{host=b}", NOON, 12.0));
    JsonNode items = json(get("/v1/forecasts")).get("items");
    assertThat(items.findValuesAsString("series"))
        .containsExactly("disk{host=c}", "disk{host=b}", "disk{host=a}");
    JsonNode first = json(get("/v1/forecasts?limit=1"));
    assertThat(first.get("items")).hasSize(1);
    assertThat(
            json(get("/v1/forecasts?limit=5&cursor=" + first.get("next").asString()))
                .get("items")
                .findValuesAsString("series"))
        .containsExactly("disk{host=b}", "disk{host=a}");
    assertThat(json(get("/v1/forecasts?status=CALM")).get("items")).hasSize(1);
  }

  @Test
  void health_tellsStrangersOnlyWhetherItIsUp() throws Exception {
    JsonNode anonymous = json(send("GET", "/actuator/health", null, Map.of()));
    assertThat(anonymous.get("status").asString()).isEqualTo("UP");
    assertThat(anonymous.has("components")).isFalse();
    JsonNode known = json(get("/actuator/health"));
    assertThat(known.get("components").get("view").get("details").get("lag").asLong()).isZero();
    assertThat(send("GET", "/actuator/prometheus", null, Map.of()).body())
        .contains("tocsin_console_view_lag", "tocsin_accounting_unexplained");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
