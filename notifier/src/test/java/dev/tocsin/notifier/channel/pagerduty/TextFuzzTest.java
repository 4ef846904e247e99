// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.notification.Content;
import dev.tocsin.schemas.topic.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Whatever an alert says, a page is made of it that PagerDuty takes. */
class TextFuzzTest {

  @FuzzTest(maxDuration = "2m")
  void page(FuzzedDataProvider data) {
    Map<String, String> details = new HashMap<>();
    for (int i = data.consumeInt(0, 20); i > 0; i--) {
      details.put(data.consumeString(50), data.consumeString(200).repeat(data.consumeInt(0, 400)));
    }
    Content.Page page =
        new Content.Page(
            "tocsin-x-1",
            data.consumeString(3000),
            Severity.CRITICAL,
            data.consumeString(2000),
            Instant.EPOCH,
            data.consumeString(200),
            data.consumeString(200),
            details,
            List.of(new Content.Link(data.consumeString(300), data.consumeRemainingAsString())));

    byte[] event = PagerDutyEvent.trigger("key", page);

    assertThat(event).hasSizeLessThanOrEqualTo(512_000);
    JsonNode payload = Json.MAPPER.readTree(event).path("payload");
    String summary = payload.path("summary").asString();
    assertThat(summary).isNotBlank().doesNotContain("\n", "\u202e");
    assertThat(summary.length()).isLessThanOrEqualTo(1024);
    assertThat(payload.path("source").asString()).isNotBlank();
    Json.MAPPER
        .readTree(event)
        .path("links")
        .forEach(link -> assertThat(link.path("href").asString()).startsWithIgnoringCase("http"));
  }
}
