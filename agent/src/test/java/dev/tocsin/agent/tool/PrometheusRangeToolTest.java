// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.guard.Masker;
import dev.tocsin.agent.telemetry.Prometheus;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusRangeToolTest extends ToolContract {

  @Override
  Tool toolOf(URI server, Duration timeout) {
    return new PrometheusRangeTool(new Prometheus(server, timeout, new Masker()));
  }

  @Override
  String path() {
    return "/api/v1/query_range";
  }

  @Override
  Map<String, String> arguments() {
    return Map.of("query", "pool_active");
  }

  @Override
  String answer(List<String> texts) {
    List<List<Object>> values =
        List.of(List.of(1763806400, "1"), List.of(1763806460, "NaN"), List.of(1763806500, "50"));
    return PrometheusQueryToolTest.envelope(
        "matrix",
        texts.stream()
            .map(text -> Map.of("metric", Map.of("pool", text), "values", values))
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    // the shortest step is 5 s, and no span has more than 120 steps
    "2026-11-22T10:14:00Z, 5",
    "2026-11-22T10:05:00Z, 5",
    "2026-11-22T10:00:00Z, 8",
    "2026-11-22T09:15:00Z, 30",
    "2026-11-15T10:15:00Z, 5040"
  })
  void longerSpan_isAskedForInLongerSteps(String from, String step) throws InterruptedException {
    server.says(answer(List.of("main")));

    filed(with("from", from));

    assertThat(server.requests().getFirst().query().get("step")).containsExactly(step);
    assertThat(server.requests().getFirst().query().get("limit")).containsExactly("100");
  }
}
