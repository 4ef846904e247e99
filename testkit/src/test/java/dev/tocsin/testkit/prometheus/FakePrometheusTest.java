// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FakePrometheusTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private final FakePrometheus prometheus =
      FakePrometheus.start()
          .given("up", Map.of("job", "any"), t -> t)
          .given("up{job=\"db\"}", Map.of("job", "db"), _ -> Double.POSITIVE_INFINITY)
          .given("odd", Map.of(), _ -> Double.NaN);

  @AfterEach
  void close() {
    prometheus.close();
  }

  @Test
  void instantQuery_isAVectorOfSecondsAndText() throws Exception {
    JsonNode answer = ask("query?query=up&time=1763806500");

    assertThat(answer.path("status").asString("")).isEqualTo("success");
    assertThat(answer.path("data").path("resultType").asString("")).isEqualTo("vector");
    JsonNode value = answer.path("data").path("result").path(0).path("value");
    assertThat(value.path(0).isNumber()).isTrue();
    assertThat(value.path(1).isString()).isTrue();
    assertThat(Double.parseDouble(value.path(1).asString(""))).isEqualTo(1763806500.0);
  }

  @ParameterizedTest
  @CsvSource({"odd, NaN", "up%7Bjob%3D%22db%22%7D, +Inf"})
  void valueThatIsNoNumber_isAWord(String query, String value) throws Exception {
    assertThat(
            ask("query?query=" + query + "&time=1")
                .path("data")
                .path("result")
                .path(0)
                .path("value")
                .path(1)
                .asString(""))
        .isEqualTo(value);
  }

  @Test
  void unknownQuery_findsNothing_andIsNoFault() throws Exception {
    JsonNode answer = ask("query?query=nobody_knows&time=1");

    assertThat(answer.path("status").asString("")).isEqualTo("success");
    assertThat(answer.path("data").path("result").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0, 100, 10, 200, 11", "0, 109999, 10, 200, 11000", "0, 110020, 10, 400, 0"})
  void rangeQuery_hasAtMostElevenThousandPoints(
      long start, long end, long step, int status, int points) throws Exception {
    HttpResponse<String> answer =
        send("query_range?query=up&start=%d&end=%d&step=%d".formatted(start, end, step));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(
            JsonMapper.shared()
                .readTree(answer.body())
                .path("data")
                .path("result")
                .path(0)
                .path("values")
                .size())
        .isEqualTo(points);
  }

  @Test
  void refusal_isOfTheQueriesThatContainAText() throws Exception {
    prometheus.refuse("odd", 422);

    assertThat(send("query?query=odd&time=1").statusCode()).isEqualTo(422);
    assertThat(ask("query?query=odd&time=1").path("status").asString("")).isEqualTo("error");
    assertThat(send("query?query=up&time=1").statusCode()).isEqualTo(200);

    prometheus.refuse(200);
    assertThat(send("query?query=odd&time=1").statusCode()).isEqualTo(200);
  }

  @Test
  void emptyQuery_isBadData() throws Exception {
    assertThat(send("query?query=").statusCode()).isEqualTo(400);
    assertThat(ask("query?query=").path("errorType").asString("")).isEqualTo("bad_data");
  }

  private JsonNode ask(String query) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(send(query).body());
  }

  private HttpResponse<String> send(String query) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(prometheus.url() + "/api/v1/" + query))
            .timeout(Duration.ofSeconds(30))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
