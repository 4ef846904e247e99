// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.ingest.callback.pagerduty.PagerDutyVendor;
import dev.tocsin.ingest.source.Unreadable;
import dev.tocsin.schemas.callback.Callback;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagerDutyVendorTest {

  private static final String INCIDENT =
      "{\"id\":\"Q1\",\"incident_key\":\"tocsin-inc_1-1\",\"status\":\"x\",\"assignees\":[{\"summary\":\"Ben\"},{\"summary\":\"Cleo\"}]}";

  @ParameterizedTest
  @CsvSource({
    "incident.acknowledged, acknowledged",
    "incident.resolved,     resolved resolved",
    "incident.reopened,     reopened",
    "incident.reassigned,   'assigned Ben, Cleo'",
    "incident.delegated,    'assigned Ben, Cleo'",
    "incident.escalated,    'assigned Ben, Cleo'",
  })
  void event_isAChange(String type, String change) {
    Callback callback = one(event(type, INCIDENT));

    assertThat(Webhooks.inShort(callback.change())).isEqualTo(change);
    assertThat(callback.object()).isEqualTo("Q1");
    assertThat(callback.mark()).isEqualTo("tocsin-inc_1-1");
    assertThat(callback.by()).isEqualTo("Ada");
    assertThat(callback.occurredAt()).isEqualTo(Instant.parse("2026-11-22T10:04:59.5Z"));
    assertThat(callback.key()).isEqualTo("pagerduty/Q1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "incident.triggered",
        "incident.unacknowledged",
        "incident.priority_updated",
        "incident.workflow.started",
        "incident.custom_field_values.updated",
        "service.updated",
        "pagey.ping",
        "incident.brand_new"
      })
  void otherEvents_areOfNoUse_whateverTheyCarry(String type) {
    assertThat(read(event(type, "{\"message\":\"Hello\"}"))).isEmpty();
  }

  @Test
  void note_namesItsIncident_andNoKey() {
    Callback callback =
        one(
            event(
                "incident.annotated",
                "{\"id\":\"N1\",\"content\":\"two\\nlines\",\"incident\":{\"id\":\"Q1\",\"summary\":null}}"));
    assertThat(callback.object()).isEqualTo("Q1");
    assertThat(callback.mark()).isNull();
    assertThat(Webhooks.inShort(callback.change())).isEqualTo("noted N1: two\nlines");
  }

  @Test
  void mergedIncident_isNotOver() {
    Callback callback =
        one(
            event(
                "incident.resolved",
                "{\"id\":\"Q1\",\"resolve_reason\":{\"type\":\"merge_resolve_reason\",\"incident\":{\"id\":\"Q2\",\"summary\":\"Database down\"}}}"));
    assertThat(Webhooks.inShort(callback.change())).isEqualTo("merged Database down");
  }

  @Test
  void nullsAndOddTypes_areBorne() {
    Callback callback =
        one(
            """
            {"event":{"id":"E1","event_type":"incident.resolved","occurred_at":17,"agent":null,"client":null,
              "data":{"id":"Q1","incident_key":null,"resolve_reason":null,"conference_bridge":{"conference_number":1000}}}}
            """);
    assertThat(callback.by()).isEqualTo("PagerDuty");
    assertThat(callback.occurredAt()).isEqualTo(Webhooks.NOW);
  }

  @Test
  void repeat_hasTheSameId_andAnotherEventAnother() {
    String id = one(event("incident.resolved", INCIDENT)).id();
    assertThat(one(event("incident.resolved", INCIDENT)).id()).isEqualTo(id);
    assertThat(one(event("incident.resolved", INCIDENT).replace("E1", "E2")).id()).isNotEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"event\":null}",
        "{\"event\":{\"id\":\"E1\"}}",
        "{\"event\":{\"event_type\":\"incident.resolved\",\"data\":{}}}"
      })
  void whatOughtToBeOfUse_isUnreadable(String body) {
    assertThatThrownBy(
            () ->
                Webhooks.read(
                    new PagerDutyVendor(), Map.of(), body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Unreadable.class);
  }

  private static String event(String type, String data) {
    return """
    {"event":{"id":"E1","event_type":"%s","resource_type":"incident","occurred_at":"2026-11-22T10:04:59.500Z",
      "agent":{"id":"U1","summary":"Ada","type":"user_reference"},"client":null,"data":%s}}
    """
        .formatted(type, data);
  }

  private static Callback one(String body) {
    List<Callback> callbacks = read(body);
    assertThat(callbacks).hasSize(1);
    return callbacks.getFirst();
  }

  private static List<Callback> read(String body) {
    return Webhooks.read(new PagerDutyVendor(), Map.of(), body);
  }
}
