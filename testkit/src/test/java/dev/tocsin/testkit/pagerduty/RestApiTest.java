// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.testkit.receiver.Visitor;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What PagerDuty documents of the part of its REST API that we use. */
class RestApiTest {

  private static final String TOKEN = "Token token=" + FakePagerDuty.API_TOKEN;
  private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");

  private final AtomicReference<Instant> time = new AtomicReference<>(T0);
  private final FakePagerDuty pagerDuty = FakePagerDuty.start(0, time::get);
  private final Visitor visitor =
      new Visitor(pagerDuty, Map.of("Authorization", TOKEN, "From", "ann@example.com"));

  @BeforeEach
  void openThree_andResolveOne() throws IOException {
    trigger("a");
    trigger("b");
    trigger("c");
    pagerDuty.resolveByHand(id("c"), "ann");
  }

  @AfterEach
  void stop() {
    pagerDuty.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | /incidents",
        "GET  | /incidents/PINC00000001",
        "GET  | /incidents/PINC00000001/notes",
        "PUT  | /incidents/PINC00000001",
        "POST | /incidents/PINC00000001/notes"
      })
  void everything_needsTheToken(String method, String path) throws IOException {
    for (String wrong : new String[] {"", "Token token=x", "Bearer " + FakePagerDuty.API_TOKEN}) {
      Visitor stranger =
          new Visitor(pagerDuty, Map.of("Authorization", wrong, "From", "ann@example.com"));

      JsonNode answer = stranger.json(method, path, "{}");

      assertThat(answer.path("error").path("code").asInt(0)).isEqualTo(2006);
      assertThat(answer.path("error").path("message").asString("")).isNotBlank();
      assertThat(answer.path("error").path("errors").size()).isEqualTo(1);
    }
    assertThat(pagerDuty.incidents()).allMatch(incident -> incident.notes().isEmpty());
  }

  @Test
  void writes_needAPerson_readsDoNot() throws IOException {
    Visitor nobody = new Visitor(pagerDuty, Map.of("Authorization", TOKEN));

    assertThat(nobody.status("GET", "/incidents", "")).isEqualTo(200);
    assertThat(nobody.status("PUT", "/incidents/" + id("a"), status("resolved"))).isEqualTo(400);
    assertThat(nobody.status("POST", "/incidents/" + id("a") + "/notes", note("x"))).isEqualTo(400);
    assertThat(pagerDuty.openIncidents()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "'', a b c, false",
    "limit=2, a b, true",
    "limit=2&offset=2, c, false",
    "limit=3, a b c, false",
    "incident_key=b, b, false",
    "incident_key=none, '', false",
    "statuses%5B%5D=triggered, a b, false",
    "statuses%5B%5D=triggered&statuses%5B%5D=resolved, a b c, false",
    "statuses%5B%5D=acknowledged, '', false"
  })
  void list_isFilteredAndCutIntoPages(String query, String keys, boolean more) throws IOException {
    JsonNode page = visitor.json("GET", "/incidents?" + query, "");

    assertThat(String.join(" ", page.path("incidents").findValuesAsString("incident_key")))
        .isEqualTo(keys);
    assertThat(page.path("more").asBoolean()).isEqualTo(more);
  }

  @Test
  void list_hasTwentyFiveAPage_unlessAsked() throws IOException {
    for (int i = 0; i < 30; i++) {
      trigger("more-" + i);
    }

    JsonNode page = visitor.json("GET", "/incidents", "");

    assertThat(page.path("incidents").size()).isEqualTo(25);
    assertThat(page.path("limit").asInt()).isEqualTo(25);
    assertThat(page.path("more").asBoolean()).isTrue();
  }

  @Test
  void note_isAnswered200_andKept() throws IOException {
    String path = "/incidents/" + id("a") + "/notes";

    assertThat(visitor.status("POST", path, note("The pool is full."))).isEqualTo(200);
    assertThat(visitor.status("POST", path, note(" "))).isEqualTo(400);
    assertThat(visitor.status("POST", path, "no json")).isEqualTo(400);
    assertThat(visitor.json("GET", path, "").path("notes").findValuesAsString("content"))
        .containsExactly("The pool is full.");
  }

  @Test
  void note_isNotIdempotent() throws IOException {
    String path = "/incidents/" + id("a") + "/notes";
    visitor.status("POST", path, note("once"));
    visitor.status("POST", path, note("once"));

    assertThat(visitor.json("GET", path, "").path("notes").size()).isEqualTo(2);
  }

  @Test
  void status_isChangedByWhoeverAsks_andSaysWhoDidIt() throws IOException {
    time.set(T0.plusSeconds(60));
    JsonNode changed =
        visitor.json("PUT", "/incidents/" + id("a"), status("acknowledged")).path("incident");

    assertThat(changed.path("status").asString("")).isEqualTo("acknowledged");
    assertThat(changed.path("last_status_change_at").asString(""))
        .isEqualTo("2026-11-22T10:01:00Z");
    assertThat(changed.path("acknowledgements").size()).isEqualTo(1);
    assertThat(visitor.status("PUT", "/incidents/" + id("a"), status("triggered"))).isEqualTo(400);
  }

  @Test
  void resolvedByAnEvent_isTheServicesDoing_byAPersonTheirs() throws IOException {
    visitor.status("POST", "/v2/enqueue", event("resolve", "a"));

    assertThat(changedBy("a")).isEqualTo("service_reference");
    assertThat(changedBy("c")).isEqualTo("user_reference");
  }

  @Test
  void incidentThatDoesNotExist_isNotFound() throws IOException {
    for (String path : new String[] {"/incidents/x", "/incidents/x/notes", "/incidents/x/alerts"}) {
      assertThat(visitor.json("GET", path, "").path("error").path("code").asInt(0)).isEqualTo(2100);
    }
    assertThat(visitor.status("PUT", "/incidents/x", status("resolved"))).isEqualTo(404);
    assertThat(visitor.status("POST", "/incidents/x/notes", note("x"))).isEqualTo(404);
    assertThat(visitor.status("GET", "/users", "")).isEqualTo(404);
  }

  @Test
  void keyThatIsHidden_isFoundInTheAlertsBelow() throws IOException {
    pagerDuty.hideKeys();
    String path = "/incidents/" + id("a");

    assertThat(visitor.json("GET", path, "").path("incident").path("incident_key").isNull())
        .isTrue();
    assertThat(
            visitor
                .json("GET", path + "/alerts", "")
                .path("alerts")
                .findValuesAsString("alert_key"))
        .containsExactly("a");
  }

  private String changedBy(String key) throws IOException {
    return visitor
        .json("GET", "/incidents/" + id(key), "")
        .path("incident")
        .path("last_status_change_by")
        .path("type")
        .asString("");
  }

  private void trigger(String key) throws IOException {
    assertThat(visitor.status("POST", "/v2/enqueue", event("trigger", key))).isEqualTo(202);
  }

  private String id(String key) {
    return pagerDuty.incidentsOpenedFor(key).getFirst().id();
  }

  private static String note(String text) {
    return "{\"note\":{\"content\":\"" + text + "\"}}";
  }

  private static String status(String status) {
    return "{\"incident\":{\"type\":\"incident_reference\",\"status\":\"" + status + "\"}}";
  }

  private static String event(String action, String dedupKey) {
    return """
        {"routing_key":"%s","event_action":"%s","dedup_key":"%s",
         "payload":{"summary":"down","source":"s","severity":"critical"}}
        """
        .formatted(FakePagerDuty.ROUTING_KEY, action, dedupKey);
  }
}
