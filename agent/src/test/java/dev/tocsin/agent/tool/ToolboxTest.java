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
import java.net.URI;
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
              new LokiTool(new Loki(loki.url(), TIMEOUT, new Masker()), new Masker()),
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
              new PrometheusRangeTool(new Prometheus(prometheus.url(), TIMEOUT, new Masker())),
              "{\"query\":\"pool\"}");

      assertThat(found.text()).startsWith("{pool=\"main\"}: ").contains(" last; from ");
      assertThat(found.link()).startsWith(prometheus.url().toString());
    }
  }

  @Test
  void spanBeyondLimits_isRefused() throws InterruptedException {
    try (FakeLoki loki = FakeLoki.start()) {
      LokiTool tool = new LokiTool(new Loki(loki.url(), TIMEOUT, new Masker()), new Masker());
      for (String from :
          List.of("2026-11-01T00:00:00Z", "2026-11-22T11:00:00Z", "yesterday", "-1")) {
        assertThat(call(tool, "{\"query\":\"{}\",\"from\":\"" + from + "\"}"))
            .isInstanceOfSatisfying(
                Toolbox.Result.Nothing.class, r -> assertThat(r.why()).startsWith("refused: "));
      }
      assertThat(loki.queries()).isEmpty();
    }
  }

  @Test
  void toolThatBreaks_costsItsCallAlone() throws InterruptedException {
    Tool breaks =
        new Tool() {
          @Override
          public String name() {
            return "breaks";
          }

          @Override
          public String description() {
            return "Breaks.";
          }

          @Override
          public List<Parameter> parameters() {
            return List.of();
          }

          @Override
          public Evidence call(Arguments arguments, Instant now) {
            throw new IllegalStateException("password=hunter2");
          }
        };

    assertThat(call(breaks, "{}"))
        .isEqualTo(new Toolbox.Result.Failed("failed: IllegalStateException"));
    assertThat(file.all()).isEmpty();
  }

  @Test
  void toolThatDoesNotExist_isNamedAmongThoseThatDo() throws InterruptedException {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Toolbox toolbox =
        new Toolbox(
            List.of(
                new LokiTool(
                    new Loki(URI.create("http://127.0.0.1:9"), TIMEOUT, new Masker()),
                    new Masker())),
            new AgentMetrics(meters));

    for (String name : List.of("resolve_incident", "LOKI_QUERY_RANGE", "loki_query_range ", "")) {
      assertThat(toolbox.call(name, "{}", file, NOW))
          .isEqualTo(
              new Toolbox.Result.Nothing(
                  "refused: there is no such tool; there are: loki_query_range"));
    }
    // What a model makes up is no label: a metric for each would be for ever.
    assertThat(meters.get("tocsin.tool.calls").counters()).hasSize(1);
    assertThat(meters.get("tocsin.tool.calls").tag("tool", "unknown").counter().count())
        .isEqualTo(4);
  }

  @Test
  void fullFile_takesNoMoreEvidence() throws InterruptedException {
    for (int i = 0; i < EvidenceFile.MOST; i++) {
      file.add(new Evidence("", "loki", "t", "x", "q", NOW, null));
    }
    try (FakeLoki loki = FakeLoki.start()) {
      assertThat(
              call(
                  new LokiTool(new Loki(loki.url(), TIMEOUT, new Masker()), new Masker()),
                  "{\"query\":\"{}\"}"))
          .isEqualTo(new Toolbox.Result.Nothing("there is no room for more evidence"));
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
