// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.loki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FakeLokiTest {

  private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
  private static final String QUERY = "query=%7Bapp%3D%22shop%22%7D";

  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeLoki loki =
      FakeLoki.start()
          .given("shop", Map.of("app", "shop"), T0.plusSeconds(2), "third")
          .given("shop", Map.of("app", "shop"), T0, "first")
          .given("shop", Map.of("app", "shop"), T0.plusNanos(1), "second")
          .given("other", Map.of("app", "other"), T0, "not asked for");

  @AfterEach
  void close() {
    loki.close();
  }

  @ParameterizedTest
  @CsvSource({
    // start and end in nanoseconds after the first line; the end is exclusive
    "'', third second first",
    "&direction=backward, third second first",
    "&direction=forward, first second third",
    "&limit=1, third",
    "&limit=1&direction=forward, first",
    "&start=+0&end=+1, first",
    "&start=+1&end=+2000000000, second",
    "&start=+1, third second",
    "&end=+0, ''"
  })
  void lines_areThoseOfTheSpan_inDirection_upToTheLimit(String parameters, String lines)
      throws Exception {
    JsonNode data = ask(QUERY + in(parameters)).path("data");

    assertThat(data.path("resultType").asString("")).isEqualTo("streams");
    List<String> found =
        data.path("result")
            .valueStream()
            .map(stream -> stream.path("values").path(0).path(1).asString(""))
            .toList();
    assertThat(String.join(" ", found)).isEqualTo(lines);
  }

  @Test
  void time_isTextInNanoseconds() throws Exception {
    JsonNode first = ask(QUERY + "&direction=forward").path("data").path("result").path(0);

    assertThat(first.path("values").path(0).path(0).isString()).isTrue();
    assertThat(first.path("values").path(0).path(0).asString("")).isEqualTo(nanos(0));
    assertThat(first.path("stream").path("app").asString("")).isEqualTo("shop");
  }

  @Test
  void emptyQuery_isRefusedInPlainText() throws Exception {
    HttpResponse<String> refused = send("query=");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("content-type")).hasValue("text/plain");
  }

  private static String in(String parameters) {
    return parameters
        .replace("+2000000000", nanos(2_000_000_000))
        .replace("+1", nanos(1))
        .replace("+0", nanos(0));
  }

  private static String nanos(long after) {
    return Long.toString(T0.getEpochSecond() * 1_000_000_000 + after);
  }

  private JsonNode ask(String query) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(send(query).body());
  }

  private HttpResponse<String> send(String query) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(loki.url() + "/loki/api/v1/query_range?" + query))
            .timeout(Duration.ofSeconds(30))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
