// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tocsin.schemas.topic.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.DoubleUnaryOperator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Prometheus that knows series by the text of a query: {@code /api/v1/query} and {@code
 * /api/v1/query_range}. A query it does not know finds nothing, as with the real one.
 */
public final class FakePrometheus implements AutoCloseable {

  private static final int MOST_POINTS = 11_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Given> given = new CopyOnWriteArrayList<>();
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private volatile String refused = "";
  private volatile int status = 200;
  private volatile boolean hanging;

  private FakePrometheus(HttpServer server) {
    this.server = server;
  }

  private record Given(String query, Map<String, String> labels, DoubleUnaryOperator value) {}

  /** Listens on a free port of the loopback interface. */
  public static FakePrometheus start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FakePrometheus prometheus = new FakePrometheus(server);
      server.setExecutor(prometheus.threads);
      server.createContext("/api/v1/query", e -> prometheus.answer(e, false));
      server.createContext("/api/v1/query_range", e -> prometheus.answer(e, true));
      server.start();
      return prometheus;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * A series that every query containing a text finds, unless a longer text of another is in it.
   *
   * @param query all of it or a part
   * @param value the value at a time, in epoch seconds
   */
  public FakePrometheus given(String query, Map<String, String> labels, DoubleUnaryOperator value) {
    given.add(new Given(query, Map.copyOf(labels), value));
    return this;
  }

  /** From now on every query is refused; 200 ends it. */
  public void refuse(int with) {
    refuse("", with);
  }

  /** From now on every query containing a text is refused; 200 ends it. */
  public void refuse(String query, int with) {
    refused = query;
    status = with;
  }

  /** From now on no query is answered before the server is closed. */
  public void hang() {
    hanging = true;
  }

  /** Every query asked so far, oldest first. */
  public List<String> queries() {
    return List.copyOf(queries);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange, boolean range) throws IOException {
    try (exchange) {
      Map<String, String> parameters = parameters(exchange);
      String query = parameters.getOrDefault("query", "");
      queries.add(query);
      if (hanging) {
        closed.await();
      } else if (status != 200 && query.contains(refused)) {
        send(exchange, status, error("internal", "refused by test"));
      } else if (query.isBlank()) {
        send(
            exchange,
            400,
            error(
                "bad_data",
                "invalid parameter \"query\": unknown position: parse error: no expression found in input"));
      } else if (range) {
        range(exchange, query, parameters);
      } else {
        send(exchange, 200, vector(query, seconds(parameters.getOrDefault("time", "0"))));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void range(HttpExchange exchange, String query, Map<String, String> parameters)
      throws IOException {
    double start = seconds(parameters.getOrDefault("start", "0"));
    double end = seconds(parameters.getOrDefault("end", "0"));
    double step = seconds(parameters.getOrDefault("step", "15").replaceFirst("s$", ""));
    if ((end - start) / step > MOST_POINTS) {
      send(
          exchange,
          400,
          error("bad_data", "exceeded maximum resolution of 11,000 points per timeseries"));
      return;
    }
    send(exchange, 200, matrix(query, start, end, step));
  }

  private ObjectNode vector(String query, double time) {
    ObjectNode envelope = success("vector");
    for (Given series : matching(query)) {
      ArrayNode sample = result(envelope, series).putArray("value");
      sample.add(time).add(text(series.value().applyAsDouble(time)));
    }
    return envelope;
  }

  private ObjectNode matrix(String query, double start, double end, double step) {
    ObjectNode envelope = success("matrix");
    for (Given series : matching(query)) {
      ArrayNode samples = result(envelope, series).putArray("values");
      for (double time = start; time <= end; time += step) {
        samples.addArray().add(time).add(text(series.value().applyAsDouble(time)));
      }
    }
    return envelope;
  }

  private List<Given> matching(String query) {
    List<Given> found = new ArrayList<>(given);
    found.removeIf(series -> !query.contains(series.query()));
    int longest = found.stream().mapToInt(series -> series.query().length()).max().orElse(0);
    found.removeIf(series -> series.query().length() < longest);
    return found;
  }

  private static ObjectNode result(ObjectNode envelope, Given series) {
    ObjectNode result = ((ArrayNode) envelope.path("data").path("result")).addObject();
    ObjectNode metric = result.putObject("metric");
    series.labels().forEach(metric::put);
    return result;
  }

  private static ObjectNode success(String type) {
    ObjectNode envelope = Json.MAPPER.createObjectNode().put("status", "success");
    envelope.putObject("data").put("resultType", type).putArray("result");
    return envelope;
  }

  private static ObjectNode error(String type, String text) {
    return Json.MAPPER
        .createObjectNode()
        .put("status", "error")
        .put("errorType", type)
        .put("error", text);
  }

  private static String text(double value) {
    return Double.isInfinite(value) ? value > 0 ? "+Inf" : "-Inf" : Double.toString(value);
  }

  private static double seconds(String text) {
    return text.contains("T")
        ? java.time.Instant.parse(text).toEpochMilli() / 1000.0
        : Double.parseDouble(text);
  }

  private static Map<String, String> parameters(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : ((query == null ? "" : query) + '&' + form).split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }

  private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
    byte[] bytes = Json.MAPPER.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
