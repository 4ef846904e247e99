// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.guard.Masker;
import dev.tocsin.agent.telemetry.Loki;
import dev.tocsin.schemas.topic.Json;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LokiToolTest extends ToolContract {

  private static final long NANOS = 1_763_806_000_000_000_000L;

  @Override
  Tool toolOf(URI server, Duration timeout) {
    return new LokiTool(new Loki(server, timeout, new Masker()), new Masker());
  }

  @Override
  String path() {
    return "/loki/api/v1/query_range";
  }

  @Override
  Map<String, String> arguments() {
    return Map.of("query", "{app=\"checkout\"}");
  }

  /** Newest first, as Loki gives them when asked backward. */
  @Override
  String answer(List<String> texts) {
    List<List<String>> values = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      values.add(List.of(Long.toString(NANOS - i * 1_000_000_000L), texts.get(i)));
    }
    return Json.MAPPER.writeValueAsString(
        Map.of(
            "status",
            "success",
            "data",
            Map.of(
                "resultType",
                "streams",
                "result",
                List.of(Map.of("stream", Map.of("app", "checkout"), "values", values)))));
  }

  @Test
  void linesThatDoNotFit_areTheOldest() throws InterruptedException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      lines.add("line-" + i + " " + "y".repeat(80));
    }
    server.says(answer(lines));

    String text = filed(arguments()).text();

    assertThat(text).contains("line-0 ").contains("line-1 ").doesNotContain("line-99 ");
    assertThat(text.indexOf("line-1 ")).isLessThan(text.indexOf("line-0 "));
    assertThat(text.lines()).allMatch(line -> line.endsWith("y"));
  }

  @Test
  void question_isBoundedInLines() throws InterruptedException {
    server.says(answer(List.of("checkout")));

    filed(arguments());

    assertThat(server.requests().getFirst().query().get("limit")).containsExactly("100");
    assertThat(server.requests().getFirst().query().get("direction")).containsExactly("backward");
  }
}
