// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.guard.Masker;
import dev.tocsin.agent.metrics.AgentMetrics;
import dev.tocsin.agent.telemetry.Grafana;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.testkit.receiver.Answer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GrafanaToolTest {

  private static Tool looking(GrafanaTool.Look look, URI server, Duration timeout) {
    return new GrafanaTool(look, new Grafana(server, "viewer-token", timeout, new Masker()));
  }

  private static String each(List<String> texts, Function<String, Map<String, ?>> found) {
    return Json.MAPPER.writeValueAsString(texts.stream().map(found).toList());
  }

  @Nested
  class Annotations extends ToolContract {

    @Override
    Tool toolOf(URI server, Duration timeout) {
      return looking(GrafanaTool.Look.ANNOTATIONS, server, timeout);
    }

    @Override
    String path() {
      return "/api/annotations";
    }

    @Override
    Map<String, String> arguments() {
      return Map.of();
    }

    @Override
    String answer(List<String> texts) {
      return each(
          texts,
          text -> Map.of("time", 1763806500000L, "text", text, "tags", List.of("deploy", "eu")));
    }

    @Test
    void note_isALineWithItsTimeAndTags() throws InterruptedException {
      server.says(answer(List.of("checkout 1.2")));

      assertThat(filed(arguments()).text())
          .isEqualTo("2025-11-22T10:15:00Z checkout 1.2 [deploy,eu]");
      assertThat(server.requests().getFirst().query().get("limit")).containsExactly("50");
    }

    @Test
    void token_goesToGrafanaAlone() throws InterruptedException {
      try (TelemetryServer elsewhere = new TelemetryServer()) {
        server.says(new Answer(302, Map.of("Location", elsewhere.uri() + "/"), new byte[0]));

        failed(tool());

        assertThat(server.requests().getFirst().header("Authorization"))
            .isEqualTo("Bearer viewer-token");
        assertThat(elsewhere.requests()).isEmpty();
      }
    }

    @Test
    void grafanaWithoutToken_isAskedWithoutOne() throws InterruptedException {
      server.says(answer(List.of("checkout")));

      new Toolbox(
              List.of(
                  new GrafanaTool(
                      GrafanaTool.Look.ANNOTATIONS,
                      new Grafana(server.uri(), "", Duration.ofSeconds(30), new Masker()))),
              new AgentMetrics(new SimpleMeterRegistry()))
          .call("grafana_annotations", "{}", file, NOW);

      assertThat(server.requests().getFirst().header("Authorization")).isNull();
    }
  }

  @Nested
  class AlertRules extends ToolContract {

    @Override
    Tool toolOf(URI server, Duration timeout) {
      return looking(GrafanaTool.Look.ALERT_RULES, server, timeout);
    }

    @Override
    String path() {
      return "/api/v1/provisioning/alert-rules";
    }

    @Override
    Map<String, String> arguments() {
      return Map.of();
    }

    @Override
    String answer(List<String> texts) {
      List<Map<String, ?>> data =
          List.of(
              Map.of("model", Map.of("expr", "up == 0")),
              Map.of("model", Map.of("expression", "$A > 1")));
      Map<String, String> labels = Map.of("team", "shop");
      return each(
          texts,
          text -> Map.of("title", text, "uid", "u1", "for", "5m", "labels", labels, "data", data));
    }

    @Test
    void rule_isALineWithItsExpressions() throws InterruptedException {
      server.says(answer(List.of("Checkout down", "Disk full")));

      assertThat(filed(Map.of("containing", "Disk")).text())
          .isEqualTo("Disk full (uid u1, for 5m, labels {\"team\":\"shop\"}): up == 0; $A > 1");
    }
  }

  @Nested
  class Dashboards extends ToolContract {

    @Override
    Tool toolOf(URI server, Duration timeout) {
      return looking(GrafanaTool.Look.DASHBOARDS, server, timeout);
    }

    @Override
    String path() {
      return "/api/search";
    }

    @Override
    Map<String, String> arguments() {
      return Map.of("search", "checkout");
    }

    @Override
    String answer(List<String> texts) {
      return each(texts, text -> Map.of("title", text, "url", "/d/shop"));
    }

    @Test
    void dashboard_isALineWithItsAddress() throws InterruptedException {
      server.says(answer(List.of("Checkout")));

      assertThat(filed(arguments()).text()).isEqualTo("Checkout: " + server.uri() + "/d/shop");
      assertThat(server.requests().getFirst().query().get("limit")).containsExactly("20");
    }
  }
}
