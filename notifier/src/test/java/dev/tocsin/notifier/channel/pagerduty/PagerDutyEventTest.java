// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.topic.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PagerDutyEventTest {

  @ParameterizedTest
  @CsvSource({"CRITICAL, critical", "ERROR, error", "WARNING, warning", "INFO, info"})
  void severity_isPagerDutysWord(Severity severity, String word) {
    JsonNode event = trigger(page("down", severity, Map.of(), List.of()));
    assertThat(event.path("payload").path("severity").asString()).isEqualTo(word);
  }

  @Test
  void trigger_hasWhatPagerDutyAsksFor() {
    JsonNode event = trigger(page("down", Severity.ERROR, Map.of("a", "b"), List.of()));
    assertThat(event.path("routing_key").asString()).isEqualTo("key");
    assertThat(event.path("event_action").asString()).isEqualTo("trigger");
    assertThat(event.path("dedup_key").asString()).isEqualTo("tocsin-inc_1-1");
    assertThat(event.path("client").asString()).isEqualTo("Tocsin");
    assertThat(event.path("payload").path("timestamp").asString())
        .isEqualTo("2026-11-22T10:00:00Z");
    assertThat(event.has("links")).isFalse();
    assertThat(event.path("payload").has("component")).isFalse();
  }

  @Test
  void resolve_saysNoMoreThanTheKey() {
    assertThat(new String(PagerDutyEvent.resolve("key", "k"), StandardCharsets.UTF_8))
        .isEqualTo("{\"routing_key\":\"key\",\"event_action\":\"resolve\",\"dedup_key\":\"k\"}");
  }

  @Test
  @Tag("bad-input-88")
  void longSummary_isCutWithMark() {
    String summary =
        trigger(page("🔥".repeat(2000), Severity.INFO, Map.of(), List.of()))
            .path("payload")
            .path("summary")
            .asString();
    assertThat(summary).hasSizeLessThanOrEqualTo(1024).endsWith("🔥… [cut]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n ", "\u0000"})
  @Tag("bad-input-90")
  void emptySummary_stillPages(String summary) {
    JsonNode event = trigger(page(summary, Severity.INFO, Map.of(), List.of()));
    assertThat(event.path("payload").path("summary").asString()).isEqualTo("(no summary)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{constructor}}",
        "${T(java.lang.Runtime).getRuntime().exec('x')}",
        "${jndi:ldap://x}",
        "#{7*7}",
        "<!channel>",
        "![](https://e)"
      })
  @Tag("bad-input-86")
  void markup_staysLiteral(String text) {
    JsonNode event = trigger(page(text, Severity.INFO, Map.of("k", text), List.of()));
    assertThat(event.path("payload").path("summary").asString()).isEqualTo(text);
    assertThat(event.path("payload").path("custom_details").path("k").asString()).isEqualTo(text);
  }

  @Test
  @Tag("bad-input-54")
  void linksThatAreNoWebLinks_areLeftOut() {
    JsonNode event =
        trigger(
            page(
                "down",
                Severity.INFO,
                Map.of(),
                List.of(
                    new Content.Link("bad", "javascript:alert(1)"),
                    new Content.Link("worse", "https://x\" onload"),
                    new Content.Link("Dashboard", "https://grafana.example/d/1"),
                    new Content.Link("Open in Tocsin", "https://tocsin.example/1"))));
    assertThat(event.path("links").valueStream().map(l -> l.path("text").asString()))
        .containsExactly("Dashboard", "Open in Tocsin");
    assertThat(event.path("client_url").asString()).isEqualTo("https://tocsin.example/1");
  }

  @Test
  @Tag("bad-input-88")
  void largeDetails_areCutUntilTheEventFits() {
    Map<String, String> details = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      details.put("detail " + i, "x".repeat(20_000));
    }
    byte[] event = PagerDutyEvent.trigger("key", page("down", Severity.INFO, details, List.of()));
    assertThat(event.length).isLessThanOrEqualTo(512_000);
    JsonNode sent = Json.MAPPER.readTree(event).path("payload").path("custom_details");
    assertThat(sent.size()).isEqualTo(100);
    assertThat(sent.path("detail 7").asString()).endsWith("… [cut]");
  }

  @Test
  @Tag("bad-input-88")
  void detailsThatNeverFit_areDroppedAndThePageGoesOut() {
    Map<String, String> details = new LinkedHashMap<>();
    for (int i = 0; i < 20_000; i++) {
      details.put("detail " + i, "x".repeat(300));
    }
    byte[] event = PagerDutyEvent.trigger("key", page("down", Severity.INFO, details, List.of()));
    assertThat(event.length).isLessThanOrEqualTo(512_000);
    assertThat(Json.MAPPER.readTree(event).path("payload").path("custom_details").toString())
        .contains("20000 details were left out");
  }

  private static Content.Page page(
      String summary, Severity severity, Map<String, String> details, List<Content.Link> links) {
    return new Content.Page(
        "tocsin-inc_1-1",
        summary,
        severity,
        "grafana",
        Instant.parse("2026-11-22T10:00:00Z"),
        null,
        null,
        details,
        links);
  }

  private static JsonNode trigger(Content.Page page) {
    return Json.MAPPER.readTree(PagerDutyEvent.trigger("key", page));
  }
}
