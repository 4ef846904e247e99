// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.sentinel;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** PagerDuty's Events API v2, as far as the sentinel needs it. */
final class PagerDuty {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_SUMMARY = 1024;

  private final HttpClient http;
  private final SentinelSettings settings;
  private final Duration timeout;

  PagerDuty(HttpClient http, SentinelSettings settings, Duration timeout) {
    this.http = http;
    this.settings = settings;
    this.timeout = timeout;
  }

  /** The status that PagerDuty answered, 202 when it took the page; 0 without an answer. */
  int tell(Page page) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(settings.pagerDuty())
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(event(page))))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  private Map<String, Object> event(Page page) {
    return switch (page) {
      case Page.Trigger trigger ->
          Map.of(
              "routing_key",
              settings.routingKey(),
              "event_action",
              "trigger",
              "dedup_key",
              trigger.dedupKey(),
              "payload",
              Map.of(
                  "summary",
                  shortened(trigger.summary()),
                  "source",
                  settings.watch().toString(),
                  "severity",
                  "critical",
                  "component",
                  "tocsin"));
      case Page.Resolve resolve ->
          Map.of(
              "routing_key",
              settings.routingKey(),
              "event_action",
              "resolve",
              "dedup_key",
              resolve.dedupKey());
    };
  }

  private static String shortened(String summary) {
    return summary.length() <= LONGEST_SUMMARY ? summary : summary.substring(0, LONGEST_SUMMARY);
  }
}
