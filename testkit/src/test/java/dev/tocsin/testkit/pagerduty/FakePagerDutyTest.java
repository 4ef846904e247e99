// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.testkit.receiver.Visitor;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakePagerDutyTest {

  private final AtomicReference<Instant> time =
      new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
  private final FakePagerDuty pagerDuty = FakePagerDuty.start(0, time::get);
  private final Visitor visitor =
      new Visitor(
          pagerDuty,
          Map.of(
              "Authorization", "Token token=" + FakePagerDuty.API_TOKEN, "From", "a@example.com"));

  @AfterEach
  void stop() {
    pagerDuty.close();
  }

  @Test
  void repeatedTrigger_isALogEntryWhileOpen() throws IOException {
    assertThat(enqueue("trigger", "k")).isEqualTo(202);
    assertThat(enqueue("acknowledge", "k")).isEqualTo(202);
    assertThat(enqueue("trigger", "k")).isEqualTo(202);
    assertThat(pagerDuty.incidentsOpenedFor("k")).hasSize(1);
    assertThat(pagerDuty.incidents().getFirst().log())
        .containsExactly("trigger", "acknowledge", "trigger");
  }

  @Test
  void triggerAfterResolve_opensAnotherIncident() throws IOException {
    enqueue("trigger", "k");
    enqueue("resolve", "k");
    enqueue("trigger", "k");
    assertThat(pagerDuty.incidentsOpenedFor("k")).hasSize(2);
    assertThat(pagerDuty.openIncidents()).hasSize(1);
  }

  @Test
  void resolveOfNothing_isAnsweredAndDropped() throws IOException {
    assertThat(enqueue("resolve", "k")).isEqualTo(202);
    assertThat(pagerDuty.incidents()).isEmpty();
  }

  @Test
  void invalidEvents_areRefusedWithTheirFaults() throws IOException {
    assertThat(visitor.json("POST", "/v2/enqueue", "{}").path("errors").size()).isGreaterThan(1);
    assertThat(visitor.status("POST", "/v2/enqueue", "{")).isEqualTo(400);
    assertThat(visitor.status("POST", "/v2/enqueue", event("trigger", "k", "x".repeat(1025))))
        .isEqualTo(400);
    assertThat(visitor.status("POST", "/v2/enqueue", event("trigger", "k", "x".repeat(600_000))))
        .isEqualTo(413);
    assertThat(visitor.status("POST", "/v2/enqueue", event("resolve", "", "x"))).isEqualTo(400);
    assertThat(
            visitor.status(
                "POST", "/v2/enqueue", event("trigger", "k", "x").replace("R0UT", "XXXX")))
        .isEqualTo(400);
    assertThat(pagerDuty.incidents()).isEmpty();
  }

  @Test
  void eventsBeyondTheRate_areTurnedAwayForAMinute() throws IOException {
    pagerDuty.limitPerMinute(2);
    assertThat(enqueue("trigger", "a")).isEqualTo(202);
    assertThat(enqueue("trigger", "b")).isEqualTo(202);
    assertThat(enqueue("trigger", "c")).isEqualTo(429);
    time.set(time.get().plusSeconds(61));
    assertThat(enqueue("trigger", "c")).isEqualTo(202);
  }

  @Test
  void restApi_findsNotesAndChangesIncidents() throws IOException {
    enqueue("trigger", "k");
    String id =
        visitor
            .json(
                "GET", "/incidents?incident_key=k&statuses[]=triggered".replace("[]", "%5B%5D"), "")
            .path("incidents")
            .path(0)
            .path("id")
            .asString();
    assertThat(
            visitor.status(
                "POST", "/incidents/" + id + "/notes", "{\"note\":{\"content\":\"hello\"}}"))
        .isEqualTo(200);
    assertThat(pagerDuty.incidents().getFirst().notes()).containsExactly("hello");
    visitor.status("PUT", "/incidents/" + id, "{\"incident\":{\"status\":\"resolved\"}}");
    assertThat(pagerDuty.openIncidents()).isEmpty();
  }

  @Test
  void restApi_wantsTokenAndFrom() throws IOException {
    assertThat(new Visitor(pagerDuty, Map.of()).status("GET", "/incidents", "")).isEqualTo(401);
    Visitor nobody =
        new Visitor(pagerDuty, Map.of("Authorization", "Token token=" + FakePagerDuty.API_TOKEN));
    assertThat(nobody.status("POST", "/incidents/x/notes", "{}")).isEqualTo(400);
  }

  @Test
  void person_acknowledgesAndResolves() throws IOException {
    enqueue("trigger", "k");
    String id = pagerDuty.incidents().getFirst().id();
    pagerDuty.acknowledgeByHand(id, "ann");
    assertThat(pagerDuty.incidents().getFirst().status())
        .isEqualTo(PagerDutyIncident.Status.ACKNOWLEDGED);
    pagerDuty.resolveByHand(id, "ann");
    assertThat(pagerDuty.openIncidents()).isEmpty();
  }

  @Test
  void faults_endWhenItRecovers() throws IOException {
    pagerDuty.failNext(1, 500, Map.of("Retry-After", "1"));
    assertThat(enqueue("trigger", "k")).isEqualTo(500);
    assertThat(pagerDuty.incidents()).isEmpty();
    pagerDuty.fail(503, Map.of());
    assertThat(enqueue("trigger", "k")).isEqualTo(503);
    pagerDuty.recover();
    assertThat(enqueue("trigger", "k")).isEqualTo(202);
    assertThat(pagerDuty.requests()).hasSize(3);
  }

  @Test
  void lostAnswer_isCommitted() {
    // The client would send a GET again by itself, but no POST.
    pagerDuty.loseAnswers(1);
    assertThatThrownBy(() -> enqueue("trigger", "k")).isInstanceOf(IOException.class);
    assertThat(pagerDuty.openIncidents()).hasSize(1);
  }

  private int enqueue(String action, String dedupKey) throws IOException {
    return visitor.status("POST", "/v2/enqueue", event(action, dedupKey, "down"));
  }

  private static String event(String action, String dedupKey, String summary) {
    return """
        {"routing_key":"%s","event_action":"%s","dedup_key":"%s",
         "payload":{"summary":"%s","source":"s","severity":"critical"}}
        """
        .formatted(FakePagerDuty.ROUTING_KEY, action, dedupKey, summary);
  }
}
