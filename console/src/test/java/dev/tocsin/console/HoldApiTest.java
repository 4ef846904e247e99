// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.ContentId;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.HeldBy;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Topics;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class HoldApiTest extends ConsoleContext {

  private static final String CHECKOUT =
      "[{\"label\":\"service\",\"operator\":\"=~\",\"value\":\"check.*\"}]";

  @Test
  void silence_isMadeShownEnded_andKept() throws Exception {
    Instant end = Instant.now().plusSeconds(3600);
    HttpResponse<String> created =
        post(
            "/v1/silences",
            "{\"matchers\":%s,\"endsAt\":\"%s\",\"reason\":\"a restart\"}"
                .formatted(CHECKOUT, end));
    assertThat(created.statusCode()).isEqualTo(201);
    JsonNode silence = json(created);
    assertThat(silence.get("state").asString()).isEqualTo("ACTIVE");
    assertThat(silence.get("createdBy").asString()).isEqualTo("admin");
    assertThat(silence.get("version").asInt()).isEqualTo(1);
    assertThat(silence.get("text").asString()).isEqualTo("{service=~\"check.*\"}");
    String path = created.headers().firstValue("location").orElseThrow();
    String id = silence.get("id").asString();
    assertThat(ids("/v1/silences?state=ACTIVE")).contains(id);

    assertThat(send("DELETE", path, null, Map.of("Authorization", BEARER)).statusCode())
        .isEqualTo(204);
    JsonNode over = json(get(path));
    assertThat(over.get("state").asString()).isEqualTo("EXPIRED");
    assertThat(over.get("version").asInt()).isEqualTo(2);
    assertThat(over.has("expiredAt") && over.has("expiredBy")).isTrue();
    assertThat(ids("/v1/silences?state=ACTIVE")).doesNotContain(id);
    assertThat(ids("/v1/silences")).contains(id);
    HttpResponse<String> again = send("DELETE", path, null, Map.of("Authorization", BASIC));
    assertThat(again.statusCode()).isEqualTo(409);
    try (Records records = Records.of(broker, Topics.SETTINGS.name())) {
      assertThat(records.keysAndValues())
          .anyMatch(r -> r.startsWith("silence/" + id) && r.contains("\"version\":2"));
    }
    try (Records records = Records.of(broker, Topics.AUDIT.name())) {
      assertThat(records.keysAndValues())
          .anyMatch(r -> r.contains("silence.create") && r.contains(id))
          .anyMatch(r -> r.contains("silence.expire") && r.contains(id));
    }
  }

  @Test
  void maintenanceWindow_showsWhenItComesAgain() throws Exception {
    HttpResponse<String> created =
        post(
            "/v1/silences",
            """
            {"matchers":%s,"startsAt":"2026-01-04T02:00:00Z","endsAt":"2026-01-04T04:00:00Z",
             "recurrence":{"rule":"FREQ=WEEKLY;BYDAY=SU","timeZone":"Europe/Berlin"},
             "reason":"the weekly restart"}"""
                .formatted(CHECKOUT));
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(json(created).get("state").asString()).isIn("ACTIVE", "PENDING");
    assertThat(json(created).get("ahead").size()).isGreaterThanOrEqualTo(3);
    String path = created.headers().firstValue("location").orElseThrow();
    assertThat(send("DELETE", path, null, Map.of("Authorization", BASIC)).statusCode())
        .isEqualTo(204);
    assertThat(json(get(path)).get("state").asString()).isEqualTo("EXPIRED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                     | endsAt should be a time
          {"endsAt":"2099-01-01T00:00:00Z"}                      | matchers should be 1 to 20 matchers: was 0 matchers
          {"endsAt":"2099-01-01T00:00:00Z","matchers":[null]}    | matchers[0] should be a label, an operator and a value
          {"endsAt":"2099-01-01T00:00:00Z","matchers":[{"label":"a","operator":"=~","value":"("}]} | matchers[0].value should be a regular expression as RE2 reads it (missing closing )): was (
          {"endsAt":"2099-01-01T00:00:00Z","matchers":[{"label":"a","operator":"=>","value":"b"}]} | matchers[0].operator should be one of =, !=, =~, !~: was =>
          {"endsAt":"2020-01-01T00:00:00Z","matchers":[{"label":"a","operator":"=","value":"b"}],"reason":"x"} | endsAt should be after startsAt
          {"startsAt":"2019-12-31T00:00:00Z","endsAt":"2020-01-01T00:00:00Z","matchers":[{"label":"a","operator":"=","value":"b"}],"reason":"x"} | endsAt should be later than now
          {"startsAt":"2098-12-31T00:00:00Z","endsAt":"2099-01-01T00:00:00Z","matchers":[{"label":"a","operator":"=","value":"b"}]} | reason should be text of 1 to 1000 characters
          {"endAt":"2099-01-01T00:00:00Z"}                       | endAt should be one of endsAt, matchers
          {"endsAt":"tomorrow"}                                  | endsAt should be
          {"endsAt":[2026]}                                      | endsAt should be a time like 2026-11-28T09:00:00Z: was a list
          {"matchers":{}}                                        | matchers should be a list: was an object
          {"matchers":["service"]}                               | matchers[0] should be an object: was text
          {"reason":{"why":1}}                                   | reason should be text: was an object
          {"reason":5}                                           | reason should be text: was 5
          {"endsAt":1795953600}                                  | endsAt should be a time like 2026-11-28T09:00:00Z: was a number
          {"matchers":[{"label":true,"operator":"=","value":"b"}]} | matchers[0].label should be text: was true
          {"endsAt":99999999999999999}                           | endsAt should be
          []                                                     | body should be one JSON object and nothing more: was a list
          "{}"                                                   | body should be one JSON object and nothing more: was text
          {"reason":"x"                                          | body should be a JSON object: was unreadable: Unexpected end-of-input: expected close marker for Object (line 1, column
          {"endsAt":"+999999999-12-30T00:00:00Z","matchers":[{"label":"a","operator":"=","value":"b"}],"reason":"x"} | endsAt should be a time from 0001-01-01T00:00:00Z
          """)
  void silenceThatMeansNothing_isRefusedWithPlaceAndValue(String body, String words)
      throws Exception {
    HttpResponse<String> refused = post("/v1/silences", body);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(json(refused).get("detail").asString()).contains(words);
    assertThat(refused.body()).doesNotContain("java.", "dev.tocsin", "Deserialization", "Token");
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01-01T00:00:00Z, , after startsAt",
    "2020-01-01T00:00:00Z, 2019-12-31T00:00:00Z, later than now"
  })
  void endThatIsOver_isRefusedWithATimeToTheSecond(String end, String start, String words)
      throws Exception {
    String from = start == null ? "" : "\"startsAt\":\"%s\",".formatted(start);

    HttpResponse<String> refused =
        post(
            "/v1/silences",
            "{\"matchers\":%s,%s\"endsAt\":\"%s\",\"reason\":\"x\"}"
                .formatted(CHECKOUT, from, end));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).get("allowed").asString())
        .matches(words + ", \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
  }

  @Test
  void silences_comeInPages_theLatestFirst() throws Exception {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(json(post("/v1/silences", wish(i))).get("id").asString());
    }

    List<String> listed = new ArrayList<>();
    JsonNode page = json(get("/v1/silences?limit=2"));
    assertThat(page.get("items")).hasSize(2);
    while (true) {
      page.get("items").forEach(silence -> listed.add(silence.get("id").asString()));
      if (page.get("next").isNull()) {
        break;
      }
      page = json(get("/v1/silences?limit=2&cursor=" + page.get("next").asString()));
    }

    assertThat(listed).doesNotHaveDuplicates().startsWith(made.toArray(String[]::new));
    assertThat(listed).containsExactlyElementsOf(ids("/v1/silences?limit=200"));
  }

  @Test
  void silencesMadeAtOnce_areNoMoreThanThereMayBe() throws Exception {
    int before =
        ids("/v1/silences?state=ACTIVE&limit=200").size()
            + ids("/v1/silences?state=PENDING&limit=200").size();
    int room = 3;
    List<Setting.Silence> many =
        IntStream.range(0, 1_000 - before - room).mapToObj(HoldApiTest::silence).toList();
    try {
      write(many, true);
      List<Integer> answers = atOnce(12, "/v1/silences");

      assertThat(answers).containsOnly(201, 409);
      assertThat(answers.stream().filter(status -> status == 201)).hasSize(room);
    } finally {
      write(many, false);
    }
  }

  private static String wish(int number) {
    return "{\"matchers\":%s,\"endsAt\":\"%s\",\"reason\":\"x\"}"
        .formatted(CHECKOUT, Instant.now().plusSeconds(3_600 + number));
  }

  private static Setting.Silence silence(int number) {
    Instant now = Instant.now();
    return new Setting.Silence(
        "sil_many" + number,
        1,
        List.of(new Setting.Matcher("service", "=", "nobody")),
        now,
        now.plusSeconds(3_600),
        null,
        "many",
        "admin",
        now,
        null,
        null);
  }

  private void write(List<Setting.Silence> silences, boolean there) throws Exception {
    Map<String, Setting> records = new LinkedHashMap<>();
    silences.forEach(silence -> records.put(silence.key(), there ? silence : null));
    happened(Topics.SETTINGS, records);
  }

  private List<Integer> atOnce(int count, String path) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Callable<Integer>> posts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String body = wish(i);
        posts.add(() -> post(path, body).statusCode());
      }
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> answer : threads.invokeAll(posts)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  @Test
  void preview_countsWhatItWouldHaveHeldBack() throws Exception {
    Instant now = Instant.now();
    List<Alert> alerts =
        List.of(
            Samples.alert("pre1-0", "Preview A", AlertStatus.FIRING, now.minusSeconds(50)),
            Samples.alert("pre2-0", "Preview A", AlertStatus.FIRING, now.minusSeconds(40)),
            Samples.alert("pre3-0", "Preview B", AlertStatus.FIRING, now.minusSeconds(30)),
            Samples.alert("pre4-0", "Preview B", AlertStatus.RESOLVED, now.minusSeconds(20)),
            Samples.alert("pre5-0", "Preview A", AlertStatus.FIRING, now.minusSeconds(8 * 86_400)));
    for (Alert alert : alerts) {
      happened(Topics.ALERTS, alert.group(), alert);
    }
    happened(
        Topics.ALERT_OUTCOMES,
        "pre1-0",
        Samples.outcome(alerts.get(0), AlertOutcome.Outcome.OPENED, "inc_pre"));
    happened(
        Topics.ALERT_OUTCOMES,
        "pre2-0",
        Samples.outcome(alerts.get(1), AlertOutcome.Outcome.REPEAT, "inc_pre"));

    JsonNode preview =
        json(
            post(
                "/v1/silences/preview",
                """
                {"matchers":[{"label":"alertname","operator":"=~","value":"Preview .*"}]}"""));

    assertThat(preview.get("alerts").asInt()).isEqualTo(3);
    assertThat(preview.get("conditions").asInt()).isEqualTo(2);
    assertThat(preview.get("incidents").asInt()).isEqualTo(1);
    assertThat(preview.get("complete").asBoolean()).isTrue();
    assertThat(preview.get("outcomes").toString())
        .isEqualTo("{\"OPENED\":1,\"REPEAT\":1,\"UNDECIDED\":1}");
    assertThat(preview.get("latest").valueStream().map(a -> a.get("id").asString()))
        .containsExactly("pre3-0", "pre2-0", "pre1-0");
    assertThat(json(post("/v1/silences/preview", "{\"matchers\":[]}")).get("parameter").asString())
        .isEqualTo("matchers");
  }

  @Test
  void inhibitionRule_isMadeShownAndTakenBack() throws Exception {
    String wish =
        """
        {"sourceMatchers":[{"label":"alertname","operator":"=","value":"NodeDown"}],
         "targetMatchers":[{"label":"severity","operator":"!=","value":"critical"}],
         "equal":["node"],"reason":"a node takes its pods along"}""";
    HttpResponse<String> created = post("/v1/inhibitions", wish);
    assertThat(created.statusCode()).isEqualTo(201);
    String path = created.headers().firstValue("location").orElseThrow();
    assertThat(json(get(path)).get("equal").toString()).isEqualTo("[\"node\"]");
    assertThat(ids("/v1/inhibitions")).contains(json(created).get("id").asString());

    assertThat(send("DELETE", path, null, Map.of("Authorization", BASIC)).statusCode())
        .isEqualTo(204);
    assertThat(get(path).statusCode()).isEqualTo(404);

    JsonNode refused = json(post("/v1/inhibitions", wish.replace("!=", "!")));
    assertThat(refused.get("parameter").asString()).isEqualTo("targetMatchers[0].operator");
    assertThat(json(post("/v1/inhibitions", "{}")).get("parameter").asString())
        .isEqualTo("sourceMatchers");
  }

  @Test
  void explanation_saysByWhatItWasHeldBack_andWhatCameOfItLater() throws Exception {
    Instant now = Instant.now();
    JsonNode silence =
        json(
            post(
                "/v1/silences",
                "{\"matchers\":%s,\"startsAt\":\"%s\",\"endsAt\":\"%s\",\"reason\":\"night\"}"
                    .formatted(CHECKOUT, now.minusSeconds(60), now.plusSeconds(600))));
    String id = silence.get("id").asString();
    Alert alert = Samples.alert("held-0", "Held", AlertStatus.FIRING, Instant.now().plusSeconds(1));
    HeldBy by =
        new HeldBy(HeldBy.Kind.SILENCE, id, 1, "night", "admin", now.plusSeconds(600), null);
    AlertOutcome outcome =
        new AlertOutcome(
            alert.id(),
            AlertOutcome.Outcome.HELD_BACK,
            AlertOutcome.Reason.SILENCED,
            null,
            "Held back by silence " + id,
            alert.source(),
            alert.title(),
            alert.group(),
            alert.receivedAt(),
            alert.receivedAt(),
            "rules-1",
            List.of(by));
    happened(Topics.ALERTS, alert.group(), alert);
    happened(Topics.ALERT_OUTCOMES, alert.id(), outcome);
    assertThat(
            send("DELETE", "/v1/silences/" + id, null, Map.of("Authorization", BASIC)).statusCode())
        .isEqualTo(204);

    JsonNode held = json(get("/v1/alerts/held-0/explanation"));
    assertThat(held.get("reason").asString()).isEqualTo("SILENCED");
    assertThat(held.get("heldBy").get(0).get("id").asString()).isEqualTo(id);
    assertThat(held.get("heldBy").get(0).get("version").asInt()).isEqualTo(1);
    assertThat(held.get("incident").isNull()).isTrue();

    String incident = ContentId.of("inc", alert.group(), alert.id());
    happened(Topics.INCIDENTS, incident, Samples.opened(incident, alert, Severity.ERROR));
    JsonNode later = json(get("/v1/alerts/held-0/explanation"));
    assertThat(later.get("incident").get("id").asString()).isEqualTo(incident);
    assertThat(later.get("text").asString())
        .contains("Held back by silence " + id)
        .contains("Later it was held back no longer, still fired, and opened an incident.");
  }

  @Test
  void explanation_namesWhatWasInForceThen_whetherItMatchedOrNot() throws Exception {
    Instant now = Instant.now();
    String end = now.plusSeconds(600).toString();
    String matches =
        json(post(
                "/v1/silences",
                "{\"matchers\":%s,\"endsAt\":\"%s\",\"reason\":\"x\"}".formatted(CHECKOUT, end)))
            .get("id")
            .asString();
    String other =
        json(post(
                "/v1/silences",
                "{\"matchers\":%s,\"endsAt\":\"%s\",\"reason\":\"x\"}"
                    .formatted(CHECKOUT.replace("check", "cart"), end)))
            .get("id")
            .asString();
    Alert before = Samples.alert("then1-0", "Then", AlertStatus.FIRING, now.minusSeconds(60));
    Alert after =
        Samples.alert("then2-0", "Then", AlertStatus.FIRING, Instant.now().plusSeconds(1));
    for (Alert alert : List.of(before, after)) {
      happened(Topics.ALERTS, alert.group(), alert);
      happened(
          Topics.ALERT_OUTCOMES,
          alert.id(),
          Samples.outcome(alert, AlertOutcome.Outcome.REPEAT, null));
    }
    JsonNode inForce = json(get("/v1/alerts/then2-0/explanation")).get("inForce");
    assertThat(
            inForce
                .valueStream()
                .filter(h -> List.of(matches, other).contains(h.get("id").asString()))
                .map(h -> h.get("id").asString() + h.get("version") + h.get("matched")))
        .containsExactly(matches + "1true", other + "1false");
    assertThat(
            json(get("/v1/alerts/then1-0/explanation"))
                .get("inForce")
                .valueStream()
                .map(h -> h.get("id").asString()))
        .doesNotContain(matches, other);
  }

  private List<String> ids(String path) throws Exception {
    return json(get(path)).get("items").valueStream().map(s -> s.get("id").asString()).toList();
  }
}
