// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.ingest.auth.PrefixedSignature;
import dev.tocsin.ingest.callback.CallbackSettings;
import dev.tocsin.ingest.callback.Vendor;
import dev.tocsin.ingest.callback.Vendors;
import dev.tocsin.ingest.callback.Webhooks;
import dev.tocsin.ingest.callback.jira.JiraVendor;
import dev.tocsin.ingest.callback.pagerduty.PagerDutyVendor;
import dev.tocsin.ingest.callback.slack.SlackVendor;
import dev.tocsin.schemas.topic.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Webhooks captured in the wild and signatures computed by others, run where they lie. */
class CallbackFixtureTest {

  @ParameterizedTest
  @CsvSource({
    "pd04_v3_real_triggered.json,        ''",
    "pd05_v3_real_acknowledged.json,     acknowledged",
    "pd06_v3_real_resolved.json,         resolved",
    "pd02_v3_service_updated.json,       ''",
    "pd02_v3_incident_priority_updated.json, ''",
    "jira01_issue_updated_status.json,   moved",
    "jira02_comment_created.json,        noted",
  })
  void captured_isRead(String file, String changes) throws Exception {
    Vendor vendor = file.startsWith("jira") ? new JiraVendor() : new PagerDutyVendor();
    String read =
        String.join(
            "; ",
            Webhooks.read(vendor, Map.of(), Files.readAllBytes(find(file))).stream()
                .map(callback -> callback.change().type())
                .toList());
    assertThat(read).isEqualTo(changes);
  }

  @Test
  void signature_isTheVendors() throws Exception {
    JsonNode vector = Json.MAPPER.readTree(Files.readAllBytes(find("vectors_pagerduty.json")));
    byte[] body = Files.readAllBytes(find(vector.path("body_file").asString()));
    PrefixedSignature signature =
        new PrefixedSignature(List.of(vector.path("secret").asString()), "v1=");
    for (String right : List.of("valid", "rotation_header_example_computed")) {
      assertThat(signature.isRight(List.of(vector.path(right).asString()), "", body)).isTrue();
    }
    assertThat(signature.isRight(List.of(vector.path("invalid").asString()), "", body)).isFalse();
  }

  @Test
  void signatureOverTheTimeToo_isSlacks() throws Exception {
    JsonNode vector = Json.MAPPER.readTree(Files.readAllBytes(find("vectors_slack.json")));
    byte[] body = vector.path("body").asString().getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new HashMap<>();
    vector
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
    Instant then = Instant.ofEpochSecond(Long.parseLong(headers.get("X-Slack-Request-Timestamp")));
    CallbackSettings secret =
        new CallbackSettings(List.of(vector.path("signing_secret").asString()));

    new Vendors(List.of(new SlackVendor()), Map.of("slack", secret))
        .named("slack")
        .checkBody(new Webhooks.Shown(headers), body, then);
    assertThat(Webhooks.read(new SlackVendor(), headers, body)).as("a typed command").isEmpty();
  }

  private static Path find(String file) {
    Path fixture = FixtureTest.folder().resolve(file);
    assumeTrue(Files.exists(fixture), "no captured message at " + fixture);
    return fixture;
  }
}
