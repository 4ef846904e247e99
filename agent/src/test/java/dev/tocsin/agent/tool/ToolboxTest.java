// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.evidence.EvidenceFile;
import dev.tocsin.agent.guard.Masker;
import dev.tocsin.agent.metrics.AgentMetrics;
import dev.tocsin.agent.telemetry.Loki;
import dev.tocsin.agent.telemetry.Prometheus;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.testkit.loki.FakeLoki;
import dev.tocsin.testkit.prometheus.FakePrometheus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolboxTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:15:00Z");
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final EvidenceFile file = new EvidenceFile(new Masker());

  @Test
  void logLines_areEvidenceWithoutTheirSecrets() throws InterruptedException {
    try (FakeLoki loki =
        FakeLoki.start()
            .given("checkout", Map.of("app", "checkout"), NOW.minusSeconds(60), "pool exhausted")
            .given(
                "checkout", Map.of("app", "checkout"), NOW.minusSeconds(90), "password=hunter2")) {
      Evidence found =
          filed(
              new LokiTool(new Loki(loki.url(), TIMEOUT)),
              "{\"query\":\"{app=\\\"checkout\\\"}\",\"from\":\"2026-11-22T10:00:00Z\"}");

      assertThat(found.title()).startsWith("2 log lines from 2026-11-22T10:00:00Z");
      assertThat(found.text()).contains("pool exhausted").doesNotContain("hunter2");
      assertThat(found.source()).isEqualTo("loki");
      assertThat(loki.queries()).containsExactly("{app=\"checkout\"}");
    }
  }

  @Test
  void course_isToldInALineForEachSeries() throws InterruptedException {
    try (FakePrometheus prometheus =
        FakePrometheus.start().given("pool", Map.of("pool", "main"), t -> t % 100)) {
      Evidence found =
          filed(
              new PrometheusRangeTool(new Prometheus(prometheus.url(), TIMEOUT)),
              "{\"query\":\"pool\"}");

      assertThat(found.text()).startsWith("{pool=\"main\"}: ").contains(" last; from ");
      assertThat(found.link()).startsWith(prometheus.url().toString());
    }
  }

  @Test
  void spanBeyondLimits_isRefused() throws InterruptedException {
    try (FakeLoki loki = FakeLoki.start()) {
      LokiTool tool = new LokiTool(new Loki(loki.url(), TIMEOUT));
      for (String from :
          List.of("2026-11-01T00:00:00Z", "2026-11-22T11:00:00Z", "yesterday", "-1")) {
        assertThat(call(tool, "{\"query\":\"{}\",\"from\":\"" + from + "\"}"))
            .isInstanceOfSatisfying(
                Toolbox.Result.Nothing.class, r -> assertThat(r.why()).startsWith("refused: "));
      }
      assertThat(loki.queries()).isEmpty();
    }
  }

  private Evidence filed(Tool tool, String arguments) throws InterruptedException {
    return ((Toolbox.Result.Filed) call(tool, arguments)).evidence();
  }

  private Toolbox.Result call(Tool tool, String arguments) throws InterruptedException {
    return new Toolbox(List.of(tool), new AgentMetrics(new SimpleMeterRegistry()))
        .call(tool.name(), arguments, file, NOW);
  }
}
