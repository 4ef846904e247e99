// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.topic.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DeadLetterTest extends ConsoleContext {

  @Test
  void letters_areReplayedByQuery_theFirstFirst_afterADryRunThatCounts() throws Exception {
    setAside("workflow", Topics.INCIDENTS.name(), "boom by query", "2026-11-22T12:00:02Z", "late");
    setAside("workflow", Topics.INCIDENTS.name(), "Boom by query", "2026-11-22T12:00:01Z", "early");
    setAside("workflow", Topics.INCIDENTS.name(), "another", "2026-11-22T12:00:01Z", "other");
    String query = "\"service\":\"workflow\",\"cause\":\"BOOM BY\",\"topic\":\"tocsin.incidents\"";

    JsonNode counted = json(post("/v1/dead-letters/replay", "{" + query + ",\"dryRun\":true}"));
    assertThat(counted.get("matched").asInt()).isEqualTo(2);
    assertThat(counted.get("done").asInt()).isZero();
    assertThat(counted.get("left").asInt()).isEqualTo(2);
    assertThat(waiting("workflow")).isEqualTo(3);

    JsonNode first = json(post("/v1/dead-letters/replay", "{" + query + ",\"limit\":1}"));
    assertThat(first.get("done").asInt()).isEqualTo(1);
    assertThat(first.get("left").asInt()).isEqualTo(1);
    assertThat(written()).contains("k early").doesNotContain("k late");

    assertThat(json(post("/v1/dead-letters/replay", "{" + query + "}")).get("done").asInt())
        .isEqualTo(1);
    assertThat(written()).contains("k late").doesNotContain("k other");
    assertThat(json(post("/v1/dead-letters/replay", "{" + query + "}")).get("matched").asInt())
        .as("what was replayed does not wait any more")
        .isZero();
    assertThat(json(get("/v1/dead-letters?service=workflow&state=WAITING")).get("items"))
        .hasSize(1);
    JsonNode sums = json(get("/v1/accounting")).get("deadLetters").get("workflow");
    assertThat(sums.get("setAside").asInt()).isEqualTo(3);
    assertThat(sums.get("replayed").asInt()).isEqualTo(2);
  }

  @Test
  void letters_areListedByTimeTopicAndCause() throws Exception {
    setAside("agent", Topics.STEPS.name(), "listed", "2026-11-22T12:00:00Z", "a");
    setAside("agent", "http", "listed too", "2026-11-22T13:00:00Z", "b");
    String path = "/v1/dead-letters?service=agent&cause=listed";
    assertThat(json(get(path)).get("items")).hasSize(2);
    assertThat(json(get(path + "&topic=http")).get("items")).hasSize(1);
    assertThat(
            json(get(path + "&since=2026-11-22T12:00:00Z&until=2026-11-22T13:00:00Z")).get("items"))
        .hasSize(1);
    assertThat(json(get(path + "&since=yesterday")).get("parameter").asString()).isEqualTo("since");
    JsonNode counted =
        json(post("/v1/dead-letters/replay", "{\"cause\":\"listed\",\"dryRun\":true}"));
    assertThat(counted.get("impossible").asInt())
        .as("what came over HTTP is replayed by its sender")
        .isEqualTo(1);
  }

  @Test
  void letter_isDroppedForAReason_whichIsAudited_andStaysInTheSums() throws Exception {
    String id = setAside("detection", Topics.ALERTS.name(), "to drop", "2026-11-22T12:00:00Z", "x");
    String path = "/v1/dead-letters/" + id;

    HttpResponse<String> reasonless = post(path + "/drop", "{\"reason\":\" \"}");
    assertThat(reasonless.statusCode()).isEqualTo(400);
    assertThat(json(reasonless).get("parameter").asString()).isEqualTo("reason");

    JsonNode dropped = json(post(path + "/drop", "{\"reason\":\"a test of ours\"}"));
    assertThat(dropped.get("fate").get("state").asString()).isEqualTo("DROPPED");
    assertThat(json(get(path)).get("fate").get("detail").asString()).isEqualTo("a test of ours");
    assertThat(
            json(get("/v1/accounting")).get("deadLetters").get("detection").get("dropped").asInt())
        .isEqualTo(1);

    HttpResponse<String> again = post(path + "/replay", "");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(json(again).get("detail").asString())
        .contains("was dropped by admin")
        .endsWith("a test of ours");
    assertThat(post(path + "/drop", "{\"reason\":\"twice\"}").statusCode()).isEqualTo(409);
    try (Records records = Records.of(broker, Topics.AUDIT.name())) {
      assertThat(records.keysAndValues())
          .anyMatch(r -> r.contains("dead-letter.dropped") && r.contains("a test of ours"));
    }
  }

  @Test
  void requestForNothingInParticular_isRefused() throws Exception {
    HttpResponse<String> all = post("/v1/dead-letters/drop", "{\"reason\":\"spring cleaning\"}");
    assertThat(all.statusCode()).isEqualTo(400);
    assertThat(all.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(json(all).get("detail").asString()).contains("at least one of service");
    assertThat(
            json(post("/v1/dead-letters/replay", "{\"service\":\"post\"}"))
                .get("allowed")
                .asString())
        .startsWith("one of ingest");
    assertThat(
            json(post("/v1/dead-letters/replay", "{\"cause\":\"x\",\"limit\":0}"))
                .get("parameter")
                .asString())
        .isEqualTo("limit");
  }

  @Test
  void notificationThatWasSetAside_isADeadEffect() throws Exception {
    Notification planned =
        Samples.event("dlv_aside", "inc_aside", Delivery.Status.PENDING, Samples.NOON)
            .notification();
    happened(Topics.NOTIFICATIONS, planned.endpoint(), planned);
    JsonNode before = webhooks();
    assertThat(before.get("unexplained").asInt()).isEqualTo(1);
    setAside(
        "notifier",
        Topics.NOTIFICATIONS.name(),
        "cannot be decided",
        "2026-11-22T12:00:00Z",
        new String(
            Topics.NOTIFICATIONS.valueSerde().serializer().serialize("", planned),
            StandardCharsets.UTF_8));
    assertThat(webhooks().get("unexplained").asInt()).isZero();
    assertThat(webhooks().get("dead").asInt()).isEqualTo(before.get("dead").asInt() + 1);
  }

  @Test
  void deadDeliveries_areReplayedByQuery_afterADryRun() throws Exception {
    for (String id : java.util.List.of("dlv_q1", "dlv_q2")) {
      happened(
          Topics.DELIVERIES,
          "inc_q",
          Samples.ticket(id, "inc_q", Delivery.Status.DEAD, Samples.NOON));
    }
    happened(
        Topics.DELIVERIES,
        "inc_q",
        Samples.ticket("dlv_q3", "inc_q", Delivery.Status.DELIVERED, Samples.NOON));
    String query = "\"endpoint\":\"jira/default\",\"cause\":\"answered 400\"";
    JsonNode counted = json(post("/v1/deliveries/replay", "{" + query + ",\"dryRun\":true}"));
    assertThat(counted.get("matched").asInt()).isEqualTo(2);
    assertThat(counted.get("done").asInt()).isZero();
    HttpResponse<String> done = post("/v1/deliveries/replay", "{" + query + "}");
    assertThat(done.statusCode()).isEqualTo(202);
    assertThat(json(done).get("done").asInt()).isEqualTo(2);
    try (Records records = Records.of(broker, Topics.COMMANDS.name())) {
      assertThat(records.keysAndValues())
          .filteredOn(r -> r.contains("dlv_q"))
          .hasSize(2)
          .allMatch(r -> r.startsWith("jira/default") && r.contains("replay-delivery"));
    }
    HttpResponse<String> all = post("/v1/deliveries/replay", "{}");
    assertThat(all.statusCode()).isEqualTo(400);
    assertThat(json(all).get("detail").asString()).contains("at least one of channel");
  }

  private JsonNode webhooks() throws Exception {
    return json(get("/v1/accounting")).get("effects").get("webhook");
  }

  private int waiting(String service) throws Exception {
    return json(get("/v1/accounting")).get("deadLetters").get(service).get("waiting").asInt();
  }

  private java.util.List<String> written() {
    try (Records records = Records.of(broker, Topics.INCIDENTS.name())) {
      return records.keysAndValues();
    }
  }

  /** The id of the letter. */
  private String setAside(String service, String origin, String cause, String at, String value)
      throws Exception {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(Topics.deadLetters(service), null, bytes("k"), bytes(value));
    letter.headers().add("tocsin_service", bytes(service));
    letter.headers().add("tocsin_origin", bytes(origin));
    letter.headers().add("tocsin_cause", bytes(cause));
    letter.headers().add("tocsin_at", bytes(at));
    RecordMetadata written = happened(letter);
    return "%s-%d-%d".formatted(service, written.partition(), written.offset());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
