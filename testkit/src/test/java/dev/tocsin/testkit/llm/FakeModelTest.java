// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The protocol of chat completions, as every client of it expects it. */
class FakeModelTest {

  private static final String LONG = "All work and no play. ".repeat(100);

  private final HttpClient http = HttpClient.newHttpClient();
  private final FakeModel model = FakeModel.start(Script.says(LONG));

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void wholeAnswer_isOneChoiceThatStopped() throws Exception {
    JsonNode answer = JsonMapper.shared().readTree(ask(false).body());

    assertThat(answer.path("object").asString("")).isEqualTo("chat.completion");
    assertThat(answer.path("model").asString("")).isEqualTo("gpt-test");
    JsonNode choice = answer.path("choices").path(0);
    assertThat(choice.path("message").path("role").asString("")).isEqualTo("assistant");
    assertThat(choice.path("message").path("content").asString("")).isEqualTo(LONG);
    assertThat(choice.path("finish_reason").asString("")).isEqualTo("stop");
    assertUsage(answer);
  }

  @Test
  void streamedAnswer_isTheSameInPieces_withUsageAtTheEnd() throws Exception {
    HttpResponse<String> response = ask(true);
    List<String> events = events(response);

    assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
    assertThat(events).hasSizeGreaterThan(4).last().isEqualTo("[DONE]");
    List<JsonNode> chunks =
        events.subList(0, events.size() - 1).stream()
            .map(JsonMapper.shared()::readTree)
            .collect(Collectors.toList());
    assertThat(chunks)
        .extracting(c -> c.path("object").asString(""))
        .containsOnly("chat.completion.chunk");
    assertThat(
            chunks.stream()
                .map(c -> c.path("choices").path(0).path("delta").path("content").asString(""))
                .collect(Collectors.joining()))
        .isEqualTo(LONG);
    assertThat(
            chunks.stream()
                .map(c -> c.path("choices").path(0).path("finish_reason").asString(""))
                .filter(reason -> !reason.isEmpty()))
        .containsExactly("stop");
    assertThat(chunks.getLast().path("choices").isEmpty()).isTrue();
    assertUsage(chunks.getLast());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void toolCalls_carryTheirArgumentsAsText_eachWithAnId(boolean stream) throws Exception {
    model.follow(
        _ ->
            new Answer.Calls(
                List.of(
                    new Answer.ToolCall("prometheus_query", "{\"query\":\"up\"}"),
                    new Answer.ToolCall("loki_query_range", "no json"))));

    HttpResponse<String> response = ask(stream);
    JsonNode choice =
        JsonMapper.shared()
            .readTree(stream ? events(response).getFirst() : response.body())
            .path("choices")
            .path(0);
    JsonNode calls = choice.path(stream ? "delta" : "message").path("tool_calls");

    assertThat(calls.findValuesAsString("id")).doesNotHaveDuplicates().hasSize(2);
    assertThat(calls.findValuesAsString("type")).containsOnly("function");
    assertThat(calls.findValuesAsString("name"))
        .containsExactly("prometheus_query", "loki_query_range");
    assertThat(calls.findValuesAsString("arguments"))
        .containsExactly("{\"query\":\"up\"}", "no json");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 429, 500, 503})
  void refusal_isAnErrorWithItsStatus(int status) throws Exception {
    model.follow(Script.refuses(status));

    HttpResponse<String> response = ask(true);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(
            JsonMapper.shared()
                .readTree(response.body())
                .path("error")
                .path("message")
                .asString(""))
        .isNotBlank();
    assertThat(response.headers().firstValue("retry-after").isPresent()).isEqualTo(status == 429);
  }

  @Test
  void prompt_isReadOutOfTheRequest() throws Exception {
    ask(true);

    Prompt prompt = model.prompts().getFirst();
    assertThat(prompt.model()).isEqualTo("gpt-test");
    assertThat(prompt.apiKey()).isEqualTo("k");
    assertThat(prompt.wantsStream()).isTrue();
    assertThat(prompt.wantsSchema()).isFalse();
    assertThat(prompt.tools()).containsExactly("prometheus_query");
    assertThat(prompt.toolResults()).isEqualTo(1);
    assertThat(prompt.text()).contains("be brief", "what is wrong?", "in parts");
    assertThat(prompt.evidenceIds()).containsExactly("e1", "e2");
  }

  @Test
  void investigation_callsWhatItIsOffered_thenRefersToWhatItWasShown() throws Exception {
    model.follow(
        Script.investigates(
            new Script.Conclusion("s", "c", 0.5, List.of(), List.of()),
            new Answer.ToolCall("prometheus_query", "{}"),
            new Answer.ToolCall("not_offered", "{}")));

    // The request shows one tool result already, so that it concludes.
    JsonNode said =
        JsonMapper.shared()
            .readTree(
                JsonMapper.shared()
                    .readTree(ask(false).body())
                    .path("choices")
                    .path(0)
                    .path("message")
                    .path("content")
                    .asString(""));

    assertThat(said.path("evidence").valueStream().map(JsonNode::asString))
        .containsExactly("e1", "e2");
  }

  private HttpResponse<String> ask(boolean stream) throws IOException, InterruptedException {
    String body =
        """
        {"model":"gpt-test","stream":%s,
         "tools":[{"type":"function","function":{"name":"prometheus_query"}}],
         "messages":[
          {"role":"system","content":"be brief"},
          {"role":"user","content":"what is wrong? {\\"id\\":\\"e1\\"} {\\"id\\":\\"e2\\"} {\\"id\\":\\"e1\\"}"},
          {"role":"user","content":[{"type":"text","text":"in parts"}]},
          {"role":"tool","tool_call_id":"call_0","content":"nothing"}]}
        """
            .formatted(stream);
    return http.send(
        HttpRequest.newBuilder(URI.create(model.url() + "/chat/completions"))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer k")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static List<String> events(HttpResponse<String> response) {
    return response
        .body()
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring("data: ".length()))
        .toList();
  }

  private static void assertUsage(JsonNode answer) {
    JsonNode usage = answer.path("usage");
    assertThat(usage.path("total_tokens").asInt())
        .isPositive()
        .isEqualTo(usage.path("prompt_tokens").asInt() + usage.path("completion_tokens").asInt());
  }
}
