// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.guard.Masker;
import dev.tocsin.agent.telemetry.Prometheus;
import dev.tocsin.schemas.topic.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusQueryToolTest extends ToolContract {

  @Override
  Tool toolOf(URI server, Duration timeout) {
    return new PrometheusQueryTool(new Prometheus(server, timeout, new Masker()));
  }

  @Override
  String path() {
    return "/api/v1/query";
  }

  @Override
  Map<String, String> arguments() {
    return Map.of("query", "pool_active");
  }

  @Override
  String answer(List<String> texts) {
    return envelope(
        "vector",
        texts.stream()
            .map(text -> Map.of("metric", Map.of("pool", text), "value", List.of(1763806500, "50")))
            .toList());
  }

  static String envelope(String type, List<?> result) {
    return Json.MAPPER.writeValueAsString(
        Map.of("status", "success", "data", Map.of("resultType", type, "result", result)));
  }

  @Test
  void seriesWithoutANumber_isStillFound() throws InterruptedException {
    server.says(
        envelope(
            "vector",
            List.of(
                Map.of("metric", Map.of("le", "all"), "histogram", List.of(1763806500, Map.of())),
                Map.of("metric", Map.of("pool", "main"), "value", List.of(1763806500, "50")))));

    assertThat(filed(arguments()).text())
        .isEqualTo("{le=\"all\"} has no number\n{pool=\"main\"} 50");
  }

  @Test
  void wordOfThePrometheus_isTold() throws InterruptedException {
    server.says(
        "{\"status\":\"error\",\"error\":\"query processing would load too many samples\"}");

    assertThat(failed(tool()))
        .isEqualTo("failed: Prometheus: query processing would load too many samples");
  }
}
