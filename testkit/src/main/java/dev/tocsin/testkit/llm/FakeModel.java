// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.llm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tocsin.schemas.topic.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An OpenAI-compatible model: {@code POST /v1/chat/completions}, streaming and not, with tool
 * calls. What it answers is a {@link Script}; what it was asked is kept.
 */
public final class FakeModel implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Prompt> prompts = new CopyOnWriteArrayList<>();
  private volatile Script script;

  private FakeModel(HttpServer server, Script script) {
    this.server = server;
    this.script = script;
  }

  /** Listens on a free port of the loopback interface. */
  public static FakeModel start(Script script) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FakeModel model = new FakeModel(server, script);
      server.setExecutor(model.threads);
      server.createContext("/v1/chat/completions", model::complete);
      server.start();
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What goes into {@code TOCSIN_AGENT_LLM_URL}. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  /** From the next request on. */
  public void follow(Script next) {
    script = next;
  }

  /** All it was asked so far, oldest first. */
  public List<Prompt> prompts() {
    return List.copyOf(prompts);
  }

  public int requests() {
    return prompts.size();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void complete(HttpExchange exchange) throws IOException {
    try (exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      Prompt prompt =
          new Prompt(
              Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes()),
              authorization == null ? "" : authorization.replaceFirst("^Bearer ", ""));
      prompts.add(prompt);
      Answer answer = script.answer(prompt);
      switch (answer) {
        case Answer.Hangs _ -> untilClosed();
        case Answer.Stalls stalls -> stall(exchange, prompt, stalls);
        case Answer.Refuses refuses -> {
          refuses.headers().forEach(exchange.getResponseHeaders()::set);
          send(exchange, refuses.status(), "application/json", refuses.body());
        }
        case Answer.Babbles babbles ->
            send(
                exchange,
                200,
                prompt.wantsStream() ? "text/event-stream" : "text/html",
                babbles.body());
        case Answer.Says _, Answer.Calls _ -> {
          Completion completion = new Completion(prompt, answer);
          if (prompt.wantsStream()) {
            stream(exchange, completion.events());
          } else {
            send(exchange, 200, "application/json", completion.whole());
          }
        }
      }
    }
  }

  private void stall(HttpExchange exchange, Prompt prompt, Answer.Stalls stalls)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    write(out, new Completion(prompt, new Answer.Says(stalls.text())).events().getFirst());
    untilClosed();
  }

  private static void stream(HttpExchange exchange, List<String> events) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    for (String event : events) {
      write(out, event);
    }
    write(out, "[DONE]");
  }

  private static void write(OutputStream out, String event) throws IOException {
    out.write(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void untilClosed() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
