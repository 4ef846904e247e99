// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tocsin.agent.evidence.EvidenceFile;
import dev.tocsin.agent.guard.Masker;
import dev.tocsin.agent.metrics.AgentMetrics;
import dev.tocsin.agent.telemetry.TelemetryException;
import dev.tocsin.agent.tool.Tool.Parameter;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.receiver.Request;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every tool keeps to, whatever a model asks of it and whatever the server behind it answers:
 * it reads, below one address, within bounds of time and size, and costs only itself.
 */
abstract class ToolContract {

  static final Instant NOW = Instant.parse("2026-11-22T10:15:00Z");

  private static final Duration ENOUGH = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofMillis(300);
  private static final List<String> TIMES = List.of("from", "to", "time");

  final TelemetryServer server = new TelemetryServer();
  final EvidenceFile file = new EvidenceFile(new Masker());

  @AfterEach
  void close() {
    server.close();
  }

  abstract Tool toolOf(URI server, Duration timeout);

  /** Where on its server it asks. */
  abstract String path();

  /** What its server answers when it knows these texts, one in each thing it found. */
  abstract String answer(List<String> texts);

  /** What it may be called with. */
  abstract Map<String, String> arguments();

  @Test
  void model_isToldWhatItIsFor() {
    Tool tool = tool();

    assertThat(tool.name()).matches("[a-z][a-z_]{2,63}");
    assertThat(tool.description()).isNotBlank();
    assertThat(tool.parameters()).extracting(Parameter::name).doesNotHaveDuplicates();
    assertThat(tool.parameters()).allMatch(p -> !p.description().isBlank());
  }

  @Test
  void call_isOneGet_andFilesWhatItFound() throws InterruptedException {
    server.says(answer(List.of("checkout")));

    Evidence found = filed(arguments());

    assertThat(found.id()).isEqualTo("e1");
    assertThat(found.text()).contains("checkout");
    assertThat(found.source()).isIn("prometheus", "loki", "grafana");
    assertThat(found.at()).isEqualTo(NOW);
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().getFirst().method()).isEqualTo("GET");
    assertThat(server.requests().getFirst().path()).isEqualTo(path());
  }

  @Test
  @Tag("bad-input-96")
  void secretInAnAnswer_isNotOnFile() throws InterruptedException {
    String token = "ghp" + "_aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYabcd";
    for (int before : new int[] {0, 260, 290, 380, 1_880, 1_960, 1_990}) {
      server.says(answer(List.of("x".repeat(before) + ' ' + token + " end")));

      assertThat(filed(arguments()).text()).doesNotContain(token.substring(0, 12));
    }
  }

  @Test
  @Tag("bad-input-96")
  void secretInColour_isNotOnFile() throws InterruptedException {
    server.says(answer(List.of("\u001b[36mpassword\u001b[0m=\u001b[1mhunter2tango\u001b[0m")));

    assertThat(filed(arguments()).text()).contains("[masked").doesNotContain("hunter2tango");
  }

  @Test
  @Tag("bad-input-96")
  void secretInARefusal_isNotTold_norHalfOfIt() throws InterruptedException {
    String token = "ghp" + "_aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYabcd";
    for (int before : new int[] {0, 200, 250, 260, 270, 280, 290}) {
      server.says(Answer.json(500, Map.of("message", "x".repeat(before) + ' ' + token + " end")));

      assertThat(failed(tool())).doesNotContain(token.substring(0, 6)).hasSizeLessThan(350);
    }
  }

  @Test
  void tenThousandFinds_areCutToWhatEvidenceHolds() throws InterruptedException {
    server.says(answer(Collections.nCopies(10_000, "checkout")));

    assertThat(filed(arguments()).text().length()).isBetween(100, 2_000);
  }

  @Test
  @Tag("bad-input-95")
  void argumentItDoesNotTake_isRefused_andNobodyIsAsked() throws InterruptedException {
    for (String name : List.of("url", "host", "method", "headers", "path", "limit", "step")) {
      assertThat(refused(with(name, "http://169.254.169.254/latest/meta-data")))
          .isEqualTo(
              "refused: unknown argument; known are: "
                  + String.join(", ", tool().parameters().stream().map(Parameter::name).toList()));
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void neededArgument_isMissed_andNobodyIsAsked() throws InterruptedException {
    for (Parameter parameter : tool().parameters()) {
      if (parameter.required()) {
        Map<String, String> without = new HashMap<>(arguments());
        without.remove(parameter.name());

        assertThat(refused(without))
            .isEqualTo("refused: argument " + parameter.name() + " is missing");
        assertThat(refused(with(parameter.name(), "  ")))
            .isEqualTo("refused: argument " + parameter.name() + " is missing");
      }
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void argumentTooLong_isRefused_andNobodyIsAsked() throws InterruptedException {
    for (Parameter parameter : tool().parameters()) {
      assertThat(refused(with(parameter.name(), "x".repeat(2_001))))
          .isEqualTo("refused: argument " + parameter.name() + " is longer than 2000");
    }
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "-1",
        "../../etc/passwd",
        "0001-01-01T00:00:00Z",
        "-1000000000-01-01T00:00:00Z",
        "2026-10-23T10:14:59Z"
      })
  void timeOutOfReach_isRefused_andNobodyIsAsked(String time) throws InterruptedException {
    for (Parameter parameter : tool().parameters()) {
      if (TIMES.contains(parameter.name())) {
        assertThat(refused(with(parameter.name(), time))).startsWith("refused: ");
      }
    }
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-22T10:15:01Z", "+1000000000-12-31T23:59:59.999999999Z"})
  void timeToCome_isNotAskedFor(String time) throws InterruptedException {
    server.says(answer(List.of("checkout")));
    for (Parameter parameter : tool().parameters()) {
      if (TIMES.contains(parameter.name())) {
        call(tool(), Json.MAPPER.writeValueAsString(with(parameter.name(), time)));
      }
    }
    String now = Long.toString(NOW.getEpochSecond());
    for (Request request : server.requests()) {
      assertThat(request.query().getOrDefault("time", List.of(now)).getFirst()).startsWith(now);
      assertThat(request.query().getOrDefault("end", List.of(now)).getFirst()).startsWith(now);
      assertThat(request.query().getOrDefault("to", List.of(now)).getFirst()).startsWith(now);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x&limit=100000&start=0#",
        "../../../api/admin/users?",
        "x\r\nX-Evil: 1\r\n\r\nDELETE / HTTP/1.1",
        "@evil.example/",
        "%2e%2e%2f%00"
      })
  void hostileArgument_staysWithinItsPlace(String hostile) throws InterruptedException {
    server.says(answer(List.of("checkout")));
    call(tool(), Json.MAPPER.writeValueAsString(arguments()));
    Request harmless = server.requests().getFirst();
    for (Parameter parameter : tool().parameters()) {
      if (!TIMES.contains(parameter.name())) {
        call(tool(), Json.MAPPER.writeValueAsString(with(parameter.name(), hostile)));
      }
    }
    for (Request request : server.requests()) {
      assertThat(request.method()).isEqualTo("GET");
      assertThat(request.path()).isEqualTo(path());
      assertThat(request.headers().keySet()).isEqualTo(harmless.headers().keySet());
      assertThat(request.query().keySet()).isEqualTo(harmless.query().keySet());
      assertThat(request.query().values()).allMatch(values -> values.size() == 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {202, 400, 401, 403, 404, 422, 429, 500, 503})
  void refusalOfItsServer_isTold(int status) throws InterruptedException {
    server.says(Answer.json(status, Map.of("message", "not for you")));

    assertThat(failed(tool())).contains("HTTP " + status).contains("not for you");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirect_isNotFollowed(int status) throws InterruptedException {
    try (TelemetryServer elsewhere = new TelemetryServer()) {
      elsewhere.says(answer(List.of("checkout")));
      server.says(
          new Answer(status, Map.of("Location", elsewhere.uri() + path()), new byte[] {'x'}));

      assertThat(failed(tool())).contains("HTTP " + status);
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "7",
        "\"text\"",
        "[]",
        "{}",
        "[7,null,[],{}]",
        "{\"data\":7}",
        "{\"data\":{\"result\":[[],7,null,{\"values\":[7,[],[null,null]]}]}}",
        "{\"status\":\"success\"}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"string\",\"result\":[1,\"text\"]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":null}}",
        "{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{},\"histogram\":[1,{}]}]}}",
        "{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":7,\"value\":[1e400,\"-\"]}]}}",
        "{\"status\":\"success\",\"data\":{\"result\":[{\"stream\":7,\"values\":[[\"9\",{}]]}]}}",
        "{\"status\":\"error\",\"error\":{\"a\":1}}"
      })
  @Tag("bad-input-95")
  void answerNobodyThoughtOf_breaksNothing(String answer)
      throws InterruptedException, Tool.Refusal {
    server.says(answer);
    Tool tool = tool();
    Arguments arguments =
        Arguments.parse(Json.MAPPER.writeValueAsString(arguments()), tool.parameters());
    try {
      assertThat(tool.call(arguments, NOW).at()).isEqualTo(NOW);
    } catch (TelemetryException e) {
      assertThat(e).hasMessageMatching("(?s)(Prometheus|Loki|Grafana).+");
    }
  }

  @Test
  void answerThatIsNoJson_isAFailure() throws InterruptedException {
    server.says("<html>Log in</html>");

    assertThat(failed(tool())).endsWith("answered with something that is no JSON");
  }

  @Test
  void answerTooLarge_isAFailure() throws InterruptedException {
    server.says('"' + "x".repeat(3 << 20) + '"');

    assertThat(failed(tool())).contains("an answer of more than");
  }

  @Test
  void silentServer_isNotWaitedFor() throws InterruptedException {
    server.hang();

    assertThat(failed(toolOf(server.uri(), SOON))).containsAnyOf("not answer", "timed out");
  }

  @Test
  void trickle_isNotWaitedFor() throws InterruptedException {
    server.trickle(Duration.ofMillis(20));

    assertThat(failed(toolOf(server.uri(), SOON))).containsAnyOf("not answer", "timed out");
  }

  @Test
  void nobodyThere_isAFailure() throws InterruptedException {
    URI gone = server.uri();
    server.close();

    assertThat(failed(toolOf(gone, ENOUGH))).startsWith("failed: ");
  }

  @Test
  void argumentsThatAreNoObject_areRefused() {
    for (String json : List.of("no json", "[]", "7", "null", "{\"a\":", "{".repeat(2_000))) {
      assertThatExceptionOfType(Tool.Refusal.class)
          .isThrownBy(() -> Arguments.parse(json, tool().parameters()))
          .withMessage("arguments should be a JSON object");
    }
  }

  final Tool tool() {
    return toolOf(server.uri(), ENOUGH);
  }

  final Map<String, String> with(String name, String value) {
    Map<String, String> arguments = new HashMap<>(arguments());
    arguments.put(name, value);
    return arguments;
  }

  final Evidence filed(Map<String, String> arguments) throws InterruptedException {
    Toolbox.Result result = call(tool(), Json.MAPPER.writeValueAsString(arguments));
    assertThat(result).isInstanceOf(Toolbox.Result.Filed.class);
    return ((Toolbox.Result.Filed) result).evidence();
  }

  private String refused(Map<String, String> arguments) throws InterruptedException {
    Toolbox.Result result = call(tool(), Json.MAPPER.writeValueAsString(arguments));
    assertThat(result).isInstanceOf(Toolbox.Result.Nothing.class);
    return ((Toolbox.Result.Nothing) result).why();
  }

  final String failed(Tool tool) throws InterruptedException {
    Toolbox.Result result = call(tool, Json.MAPPER.writeValueAsString(arguments()));
    assertThat(result).isInstanceOf(Toolbox.Result.Failed.class);
    assertThat(file.all()).isEmpty();
    return ((Toolbox.Result.Failed) result).why();
  }

  private Toolbox.Result call(Tool tool, String arguments) throws InterruptedException {
    return new Toolbox(List.of(tool), new AgentMetrics(new SimpleMeterRegistry()))
        .call(tool.name(), arguments, file, NOW);
  }
}
