// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import dev.tocsin.schemas.topic.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** One tab of a Chromium without a window, spoken to in its DevTools protocol. */
final class Browser implements AutoCloseable {

  static final Path PROGRAM = Path.of("/usr/bin/chromium");

  private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> answers;
  private int asked;

  private Browser(Process process, WebSocket socket, BlockingQueue<JsonNode> answers) {
    this.process = process;
    this.socket = socket;
    this.answers = answers;
  }

  /**
   * @param profile an empty directory
   * @param authorization what it says to every server
   */
  static Browser open(Path profile, int width, String authorization) throws Exception {
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + profile,
                "--window-size=" + width + ",900",
                "--remote-debugging-port=0",
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("chromium.log").toFile())
            .start();
    Path file = profile.resolve("DevToolsActivePort");
    Awaitility.await()
        .atMost(LONG_ENOUGH)
        .until(() -> Files.exists(file) && Files.readAllLines(file).size() > 1);
    HttpClient http = HttpClient.newHttpClient();
    BlockingQueue<JsonNode> answers = new ArrayBlockingQueue<>(1_000);
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(tab(http, Files.readAllLines(file).getFirst()), new Answers(answers))
            .get(60, TimeUnit.SECONDS);
    Browser browser = new Browser(process, socket, answers);
    browser.ask("Network.enable", Map.of());
    browser.ask(
        "Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Authorization", authorization)));
    browser.ask(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    return browser;
  }

  private static URI tab(HttpClient http, String port) throws IOException, InterruptedException {
    HttpResponse<String> tabs =
        http.send(
            java.net.http.HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + port + "/json/list"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return Json.MAPPER
        .readTree(tabs.body())
        .valueStream()
        .filter(tab -> tab.path("type").asString("").equals("page"))
        .map(tab -> URI.create(tab.get("webSocketDebuggerUrl").asString()))
        .findFirst()
        .orElseThrow();
  }

  /** Has the clock of a time zone from the next page on. */
  void liveIn(String zone) throws Exception {
    ask("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
  }

  /** Goes there, and waits until the page has drawn what it asked for. */
  void go(String address) throws Exception {
    ask("Page.navigate", Map.of("url", address));
    until("document.querySelector('main h2') !== null");
  }

  /** Waits until this is true in the page. */
  void until(String expression) {
    Awaitility.await().atMost(LONG_ENOUGH).until(() -> says(expression).asBoolean(false));
  }

  /** What an expression comes to in the page. */
  JsonNode says(String expression) throws Exception {
    return ask("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true))
        .path("result")
        .path("value");
  }

  private JsonNode ask(String method, Map<String, ?> parameters) throws Exception {
    int id = ++asked;
    socket
        .sendText(
            Json.MAPPER.writeValueAsString(
                Map.of("id", id, "method", method, "params", parameters)),
            true)
        .get(60, TimeUnit.SECONDS);
    while (true) {
      JsonNode answer = answers.poll(60, TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError("the browser did not answer " + method);
      }
      if (answer.path("id").asInt(0) == id) {
        return answer.path("result");
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }

  /** What the browser says, put together from its pieces; what nobody asked for is left out. */
  private static final class Answers implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();
    private final BlockingQueue<JsonNode> answers;

    private Answers(BlockingQueue<JsonNode> answers) {
      this.answers = answers;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        JsonNode said = Json.MAPPER.readTree(text.toString());
        text.setLength(0);
        if (said.has("id")) {
          answers.add(said);
        }
      }
      socket.request(1);
      return null;
    }
  }
}
