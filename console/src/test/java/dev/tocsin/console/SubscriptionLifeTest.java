// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.attempt.Attempt;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.attempt.Exchange;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Topics;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SubscriptionLifeTest extends ConsoleContext {

  private static final String WISH =
      "{\"url\":\"https://hooks.example.com/x\",\"events\":[\"dev.tocsin.incident.*\"],"
          + "\"filter\":{\"atLeast\":\"ERROR\"}}";

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private HttpResponse<String> change(String method, String path, String body) throws Exception {
    return send(method, path, body, Map.of("Authorization", BASIC));
  }

  private JsonNode subscribe() throws Exception {
    return json(post("/v1/subscriptions", WISH));
  }

  private static String path(JsonNode subscription) {
    return "/v1/subscriptions/" + subscription.get("id").asString();
  }

  @Test
  @Tag("bad-input-83-84")
  void subscriberChoosesNeitherHeadersNorSecret() throws Exception {
    for (String more :
        List.of(
            "\"headers\":{\"X-A\":\"b\\r\\nX-Evil: 1\"}",
            "\"headers\":{\"Host\":\"evil.example\",\"webhook-signature\":\"v1,x\"}",
            "\"secret\":\"12345678\"",
            "\"secret\":\"no base64 !\"",
            "\"secret\":\"" + "x".repeat(1 << 20) + "\"")) {
      HttpResponse<String> answer =
          post("/v1/subscriptions", WISH.substring(0, WISH.length() - 1) + "," + more + "}");

      assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
      assertThat(answer.body()).doesNotContain("xxxxxxxxxx");
    }
    assertThat(json(post("/v1/subscriptions", WISH)).get("secret").asString())
        .matches("whsec_[A-Za-z0-9+/]{43}=");
  }

  private void planned(String id, String event, Delivery.Status status, Instant at)
      throws Exception {
    String endpoint = "webhook/" + id;
    AttemptResult attempt =
        new AttemptResult(
            "att_1",
            Notification.deliveryId(id, event),
            endpoint,
            1,
            Attempt.Mode.SEND,
            new Outcome.Delivered("204"),
            at,
            at.plusMillis(120),
            new Exchange(
                "https://hooks.example.com/x",
                Map.of("webhook-signature", "v1,abc"),
                204,
                "thanks"));
    Delivery delivery =
        new Delivery(
            Notification.deliveryId(id, event),
            status,
            new Notification(
                Notification.deliveryId(id, event),
                endpoint,
                "inc_r",
                1,
                "inc_r",
                null,
                at,
                at,
                new Content.Event(
                    event, "dev.tocsin.incident.updated", "{\"n\":\"" + event + "\"}")),
            List.of(attempt),
            1,
            null,
            null,
            "",
            at);
    happened(Topics.DELIVERIES, "inc_r", delivery);
  }

  @Test
  void change_keepsWhatIsNotGiven_andRefusesWhatCannotBe() throws Exception {
    String path = path(subscribe());
    JsonNode patched = json(change("PATCH", path, "{\"url\":\"https://b.example.com/\"}"));
    assertThat(patched.get("url").asString()).isEqualTo("https://b.example.com/");
    assertThat(patched.get("filter").get("atLeast").asString()).isEqualTo("ERROR");
    assertThat(json(change("PATCH", path, "{\"filter\":{}}")).has("filter")).isFalse();
    assertThat(json(get(path)).get("url").asString()).isEqualTo("https://b.example.com/");

    assertThat(change("PATCH", path, "{\"url\":\"http://127.1/\"}").statusCode()).isEqualTo(400);
    assertThat(change("PUT", path, "{\"url\":\"https://b.example.com/\"}").statusCode())
        .isEqualTo(400);
    assertThat(json(change("PUT", path, WISH)).get("events").get(0).asString())
        .isEqualTo("dev.tocsin.incident.*");
    assertThat(change("PATCH", "/v1/subscriptions/sub_none", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void nullTakesAFilterAway_andCannotTakeWhatASubscriptionIsMadeOf() throws Exception {
    String path = path(subscribe());
    for (String member : List.of("url", "events")) {
      HttpResponse<String> refused = change("PATCH", path, "{\"" + member + "\":null}");
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
      assertThat(json(refused).get("parameter").asString()).isEqualTo(member);
    }
    HttpResponse<String> wrong = change("PATCH", path, "{\"filter\":{\"atLeast\":\"LOUD\"}}");
    assertThat(json(wrong).get("parameter").asString()).isEqualTo("filter.atLeast");
    assertThat(json(change("PATCH", path, "{}")).get("filter").get("atLeast").asString())
        .isEqualTo("ERROR");

    JsonNode all = json(change("PATCH", path, "{\"filter\":null}"));
    assertThat(all.has("filter")).isFalse();
    assertThat(all.get("url").asString()).isEqualTo("https://hooks.example.com/x");
    assertThat(json(get(path)).has("filter")).isFalse();
  }

  @Test
  void rotation_hasTwoSecretsForADay_andOneAtOnceWhenAskedFor() throws Exception {
    JsonNode first = subscribe();
    String path = path(first);
    JsonNode second = json(post(path + "/rotate", "{}"));
    assertThat(second.get("secret").asString()).isNotEqualTo(first.get("secret").asString());
    assertThat(second.get("token").asString()).isNotEqualTo(first.get("token").asString());
    assertThat(Instant.parse(second.get("formerSecretUntil").asString()))
        .isBetween(now.plus(23, ChronoUnit.HOURS), now.plus(25, ChronoUnit.HOURS));
    assertThat(ask(path, first)).isEqualTo(200);

    assertThat(json(post(path + "/rotate", "")).get("detail").asString()).contains("two secrets");
    JsonNode third = json(post(path + "/rotate", "{\"overlap\":\"PT0S\"}"));
    assertThat(third.has("formerSecretUntil")).isFalse();
    assertThat(ask(path, first)).isEqualTo(403);
    assertThat(ask(path, second)).isEqualTo(403);
    assertThat(ask(path, third)).isEqualTo(200);
    assertThat(post(path + "/rotate", "{\"overlap\":\"P90D\"}").statusCode()).isEqualTo(400);
    try (Records records = Records.of(broker, Topics.SETTINGS.name())) {
      assertThat(String.join("", records.keysAndValues()))
          .doesNotContain("whsec_", "tocsub_", third.get("secret").asString().substring(6));
    }
  }

  @Test
  void changesAtOnce_allCount_andWhatIsDeletedStaysSo() throws Exception {
    for (int i = 0; i < 5; i++) {
      String path = path(subscribe());
      List<Integer> answers =
          atOnce(
              List.of(
                  () -> post(path + "/rotate", "{}"),
                  () -> change("PATCH", path, "{\"url\":\"https://b.example.com/\"}"),
                  () -> change("PATCH", path, "{\"events\":[\"dev.tocsin.page.sent\"]}"),
                  () -> post(path + "/disable", "{}")));
      JsonNode after = json(get(path));
      assertThat(answers).containsOnly(200);
      assertThat(after.get("secretVersion").asInt()).isEqualTo(2);
      assertThat(after.get("url").asString()).isEqualTo("https://b.example.com/");
      assertThat(after.get("events").get(0).asString()).isEqualTo("dev.tocsin.page.sent");

      atOnce(
          List.of(
              () -> change("DELETE", path, null),
              () -> change("PATCH", path, WISH),
              () -> post(path + "/rotate", "{\"overlap\":\"PT0S\"}")));
      assertThat(get(path).statusCode()).isEqualTo(404);
    }
  }

  private static List<Integer> atOnce(List<Callable<HttpResponse<String>>> wishes)
      throws Exception {
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(wishes.size())) {
      for (Future<HttpResponse<String>> answer : threads.invokeAll(wishes)) {
        answers.add(answer.get().statusCode());
      }
    }
    return answers;
  }

  private int ask(String path, JsonNode shown) throws Exception {
    return send(
            "GET", path, null, Map.of("Authorization", "Bearer " + shown.get("token").asString()))
        .statusCode();
  }

  @Test
  void disabling_isSeenAndUndone() throws Exception {
    JsonNode subscription = subscribe();
    String path = path(subscription);
    JsonNode off = json(post(path + "/disable", "{\"reason\":\"moving\"}"));
    assertThat(off.get("active").asBoolean()).isFalse();
    JsonNode shown = json(get(path));
    assertThat(shown.get("disabled").get("reason").asString()).isEqualTo("moving");
    assertThat(shown.get("disabled").get("by").asString()).isEqualTo("admin");
    assertThat(post(path + "/test", "").statusCode()).isEqualTo(409);
    assertThat(post(path + "/replay", "{\"since\":\"" + now + "\"}").statusCode()).isEqualTo(409);

    assertThat(json(post(path + "/enable", "")).get("active").asBoolean()).isTrue();
    assertThat(json(get(path)).has("disabled")).isFalse();
    try (Records records = Records.of(broker, Topics.AUDIT.name())) {
      assertThat(records.keysAndValues())
          .anyMatch(r -> r.contains("subscription.disable") && r.contains("moving"))
          .anyMatch(r -> r.contains("subscription.enable"));
    }
  }

  @Test
  void whatTheNotifierDisabled_isShownWithItsReason() throws Exception {
    JsonNode subscription = subscribe();
    String id = subscription.get("id").asString();
    Setting.Disabled disabled =
        new Setting.Disabled(id, "notifier", "nothing was delivered for 5 days", now);
    happened(Topics.SETTINGS, disabled.key(), disabled);
    assertThat(json(get(path(subscription))).get("disabled").get("by").asString())
        .isEqualTo("notifier");
  }

  @Test
  void test_isACommand_thatSaysWhereToLook() throws Exception {
    JsonNode subscription = subscribe();
    HttpResponse<String> accepted = post(path(subscription) + "/test", "");
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(json(accepted).get("delivery").asString())
        .isEqualTo(
            Notification.deliveryId(
                subscription.get("id").asString(), json(accepted).get("event").asString()));
    try (Records records = Records.of(broker, Topics.COMMANDS.name())) {
      assertThat(records.keysAndValues())
          .anyMatch(
              r ->
                  r.startsWith("webhook/" + subscription.get("id").asString())
                      && r.contains("test-subscription"));
    }
  }

  @Test
  void deletion_isACommandToItsLaneToo_andOneEntryOfTheAudit() throws Exception {
    JsonNode subscription = subscribe();
    String id = subscription.get("id").asString();
    assertThat(change("DELETE", path(subscription), null).statusCode()).isEqualTo(204);
    assertThat(change("DELETE", path(subscription), null).statusCode()).isEqualTo(404);
    try (Records records = Records.of(broker, Topics.COMMANDS.name())) {
      assertThat(records.keysAndValues())
          .filteredOn(r -> r.contains("delete-subscription") && r.contains(id))
          .singleElement()
          .asString()
          .startsWith("webhook/" + id);
    }
    try (Records records = Records.of(broker, Topics.AUDIT.name())) {
      assertThat(records.keysAndValues())
          .filteredOn(r -> r.contains("subscription.delete") && r.contains(id))
          .hasSize(1);
    }
  }

  @Test
  void log_showsRequestAndResponse_toTheSubscriberItself() throws Exception {
    JsonNode subscription = subscribe();
    String id = subscription.get("id").asString();
    planned(id, "evt_l1", Delivery.Status.DELIVERED, now.minusSeconds(60));
    planned("sub_other", "evt_l2", Delivery.Status.DELIVERED, now.minusSeconds(50));
    Map<String, String> token =
        Map.of("Authorization", "Bearer " + subscription.get("token").asString());

    JsonNode items =
        json(send("GET", path(subscription) + "/deliveries", null, token)).get("items");
    assertThat(items).hasSize(1);
    JsonNode attempt = items.get(0).get("attempts").get(0);
    assertThat(attempt.get("tookMillis").asLong()).isEqualTo(120);
    assertThat(attempt.get("request").get("headers").get("webhook-signature").asString())
        .isEqualTo("v1,abc");
    assertThat(attempt.get("response").get("status").asInt()).isEqualTo(204);
    assertThat(attempt.get("response").get("body").asString()).isEqualTo("thanks");
    String one = path(subscription) + "/deliveries/" + items.get(0).get("id").asString();
    assertThat(json(send("GET", one, null, token)).get("body").asString())
        .isEqualTo("{\"n\":\"evt_l1\"}");
    String foreign =
        path(subscription) + "/deliveries/" + Notification.deliveryId("sub_other", "evt_l2");
    assertThat(send("GET", foreign, null, token).statusCode()).isEqualTo(404);
  }

  @Test
  void replay_sendsAgainInOrder_fromATimeOrBehindAnEvent() throws Exception {
    JsonNode subscription = subscribe();
    String id = subscription.get("id").asString();
    String path = path(subscription) + "/replay";
    Map<String, String> token =
        Map.of("Authorization", "Bearer " + subscription.get("token").asString());
    // Two of one instant: their order is that in which they were told.
    planned(id, "evt_1", Delivery.Status.DELIVERED, now.minusSeconds(300));
    planned(id, "evt_z", Delivery.Status.DEAD, now.minusSeconds(200));
    planned(id, "evt_a", Delivery.Status.CANCELLED, now.minusSeconds(200));
    planned(id, "evt_p", Delivery.Status.PENDING, now.minusSeconds(100));
    planned(id, "evt_1", Delivery.Status.DELIVERED, now.minusSeconds(90));

    String since = "{\"since\":\"" + now.minusSeconds(250) + "\",\"limit\":2}";
    HttpResponse<String> accepted = send("POST", path, since, token);
    assertThat(accepted.statusCode()).isEqualTo(202);
    JsonNode first = json(accepted);
    assertThat(first.get("replayed").asInt()).isEqualTo(2);
    assertThat(first.get("first").asString()).isEqualTo("evt_z");
    assertThat(first.get("last").asString()).isEqualTo("evt_a");
    assertThat(first.get("next").get("after").asString()).isEqualTo("evt_a");
    assertThat(send("POST", path, since, token).statusCode()).isEqualTo(429);

    try (Records records = Records.of(broker, Topics.COMMANDS.name())) {
      List<String> asked =
          records.keysAndValues().stream().filter(r -> r.startsWith("webhook/" + id)).toList();
      assertThat(asked).hasSize(2);
      assertThat(asked.get(0)).contains(Notification.deliveryId(id, "evt_z"));
      assertThat(asked.get(1)).contains(Notification.deliveryId(id, "evt_a"));
    }
    assertThat(send("POST", path, "{}", token).statusCode()).isEqualTo(400);
    assertThat(json(send("POST", path, "{}", token)).get("detail").asString())
        .isEqualTo(
            "body should be either {\"since\": a time} or {\"after\": an event's id}: was neither");
    assertThat(send("POST", path, "{\"after\":\"evt_none\"}", token).statusCode()).isEqualTo(404);
    assertThat(send("POST", path, "{\"since\":\"2020-01-01T00:00:00Z\"}", token).statusCode())
        .isEqualTo(400);
  }
}
