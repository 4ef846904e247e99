// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.testkit.receiver.Visitor;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What PagerDuty documents of its Events API v2: limits at their edges, and the words of answers.
 */
class EventsApiTest {

  private static final String ENQUEUE = "/v2/enqueue";
  private static final String OTHER_KEY = "R0UT1NGKEY0000000000000000000002";

  private final AtomicReference<Instant> time =
      new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
  private final FakePagerDuty pagerDuty = FakePagerDuty.start(0, time::get);
  private final Visitor visitor = new Visitor(pagerDuty, Map.of());

  @AfterEach
  void stop() {
    pagerDuty.close();
  }

  @Test
  void event_isTakenWithTheDedupKeyItWasGiven() throws IOException {
    assertThat(visitor.json("POST", ENQUEUE, event("trigger", "k").toString()))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"k\"}"));
  }

  @Test
  void triggerWithoutADedupKey_isGivenOne_ofItsOwn() throws IOException {
    ObjectNode event = event("trigger", "k");
    event.remove("dedup_key");

    String first = visitor.json("POST", ENQUEUE, event.toString()).path("dedup_key").asString("");
    String second = visitor.json("POST", ENQUEUE, event.toString()).path("dedup_key").asString("");

    assertThat(first).isNotBlank().isNotEqualTo(second);
    assertThat(pagerDuty.incidents())
        .extracting(PagerDutyIncident::dedupKey)
        .containsExactly(first, second);
  }

  @ParameterizedTest
  @CsvSource({
    "summary, 1024, 202",
    "summary, 1025, 400",
    "summary, 0, 400",
    "dedup_key, 255, 202",
    "dedup_key, 256, 400",
    "routing_key, 31, 400",
    "routing_key, 33, 400",
    "source, 0, 400",
    "component, 400000, 202",
    "component, 530000, 413"
  })
  void length_isLimited(String field, int length, int status) throws IOException {
    ObjectNode event = event("trigger", "k");
    ObjectNode holder = event.has(field) ? event : (ObjectNode) event.get("payload");
    holder.put(field, "x".repeat(length));

    assertThat(status(event)).isEqualTo(status);
    assertThat(pagerDuty.incidents()).hasSize(status == 202 ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "critical, 202",
    "error, 202",
    "warning, 202",
    "info, 202",
    "CRITICAL, 400",
    "fatal, 400"
  })
  void severity_isOneOfFour(String severity, int status) throws IOException {
    ObjectNode event = event("trigger", "k");
    ((ObjectNode) event.get("payload")).put("severity", severity);

    assertThat(status(event)).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"acknowledge", "resolve"})
  void wordOnNothing_isTakenAndDropped(String action) throws IOException {
    assertThat(status(event(action, "k"))).isEqualTo(202);
    assertThat(pagerDuty.incidents()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"acknowledge", "resolve"})
  void wordWithAnotherRoutingKey_isTakenAndDropped(String action) throws IOException {
    pagerDuty.accept(OTHER_KEY);
    status(event("trigger", "k"));

    assertThat(status(event(action, "k").put("routing_key", OTHER_KEY))).isEqualTo(202);
    assertThat(pagerDuty.incidents())
        .extracting(PagerDutyIncident::status)
        .containsExactly(PagerDutyIncident.Status.TRIGGERED);
  }

  @Test
  void sameDedupKeyOfAnotherRoutingKey_isAnotherIncident() throws IOException {
    pagerDuty.accept(OTHER_KEY);
    status(event("trigger", "k"));
    status(event("trigger", "k").put("routing_key", OTHER_KEY));

    assertThat(pagerDuty.openIncidents()).hasSize(2);
  }

  @Test
  void triggerThatComesAfterItsResolve_pagesAgain() throws IOException {
    status(event("trigger", "k"));
    status(event("resolve", "k"));
    // The same event, late: this is why the notifier keeps the order of a dedup key.
    status(event("trigger", "k"));

    assertThat(pagerDuty.incidentsOpenedFor("k"))
        .extracting(PagerDutyIncident::status)
        .containsExactly(PagerDutyIncident.Status.RESOLVED, PagerDutyIncident.Status.TRIGGERED);
  }

  @Test
  void acknowledgeOfAnAcknowledged_isTaken_andKeepsItSo() throws IOException {
    status(event("trigger", "k"));
    status(event("acknowledge", "k"));
    status(event("acknowledge", "k"));

    assertThat(pagerDuty.openIncidents())
        .extracting(PagerDutyIncident::status)
        .containsExactly(PagerDutyIncident.Status.ACKNOWLEDGED);
  }

  @Test
  void invalidEvent_isToldAllItsFaults_once() throws IOException {
    JsonNode answer =
        visitor.json(
            "POST",
            ENQUEUE,
            event("trigger", "k").put("event_action", "open").put("routing_key", "R").toString());

    assertThat(answer.path("status").asString("")).isEqualTo("invalid event");
    assertThat(answer.path("errors").valueStream().map(JsonNode::asString))
        .containsExactly(
            "Length of 'routing_key' is incorrect (should be 32 characters)",
            "'event_action' is missing or invalid (must be trigger, acknowledge or resolve)");
  }

  @Test
  void rate_isThatOfTheRoutingKey_overAMinuteThatMoves() throws IOException {
    pagerDuty.accept(OTHER_KEY);
    pagerDuty.limitPerMinute(2);
    assertThat(status(event("trigger", "a"))).isEqualTo(202);
    time.set(time.get().plusSeconds(40));
    assertThat(status(event("trigger", "b"))).isEqualTo(202);
    assertThat(status(event("trigger", "c"))).isEqualTo(429);
    assertThat(status(event("trigger", "c").put("routing_key", OTHER_KEY))).isEqualTo(202);

    time.set(time.get().plusSeconds(21));
    assertThat(status(event("trigger", "c"))).isEqualTo(202);
    assertThat(status(event("trigger", "d"))).isEqualTo(429);
    assertThat(pagerDuty.incidentsOpenedFor("d")).isEmpty();
  }

  @Test
  void invalidEvents_doNotCountAgainstTheRate() throws IOException {
    pagerDuty.limitPerMinute(1);
    status(event("trigger", "a").put("event_action", "open"));

    assertThat(status(event("trigger", "a"))).isEqualTo(202);
  }

  @Test
  void eventsApi_takesPostsAlone() throws IOException {
    assertThat(visitor.status("GET", ENQUEUE, "")).isEqualTo(405);
    assertThat(visitor.status("PUT", ENQUEUE, event("trigger", "k").toString())).isEqualTo(405);
    assertThat(pagerDuty.incidents()).isEmpty();
  }

  @Test
  void droppedEvent_isAnsweredLikeATakenOne() throws IOException {
    pagerDuty.dropNext(1);

    assertThat(status(event("trigger", "k"))).isEqualTo(202);
    assertThat(pagerDuty.incidents()).isEmpty();
    assertThat(status(event("trigger", "k"))).isEqualTo(202);
    assertThat(pagerDuty.incidents()).hasSize(1);
  }

  private int status(ObjectNode event) throws IOException {
    return visitor.status("POST", ENQUEUE, event.toString());
  }

  private static ObjectNode event(String action, String dedupKey) {
    ObjectNode event =
        JsonMapper.shared()
            .createObjectNode()
            .put("routing_key", FakePagerDuty.ROUTING_KEY)
            .put("event_action", action)
            .put("dedup_key", dedupKey);
    event
        .putObject("payload")
        .put("summary", "down")
        .put("source", "s")
        .put("component", "c")
        .put("severity", "critical");
    return event;
  }
}
