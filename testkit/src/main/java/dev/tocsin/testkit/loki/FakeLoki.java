// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.loki;

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
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Loki that knows log lines by the text of a query: {@code /loki/api/v1/query_range}, with its
 * span of time, its limit and its direction.
 */
public final class FakeLoki implements AutoCloseable {

  private static final int DEFAULT_LIMIT = 100;

  private final HttpServer server;
  private final List<Given> given = new CopyOnWriteArrayList<>();
  private final List<String> queries = new CopyOnWriteArrayList<>();

  private FakeLoki(HttpServer server) {
    this.server = server;
  }

  private record Given(String query, Map<String, String> stream, Instant at, String line) {}

  /** Listens on a free port of the loopback interface. */
  public static FakeLoki start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FakeLoki loki = new FakeLoki(server);
      server.createContext("/loki/api/v1/query_range", loki::answer);
      server.start();
      return loki;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A line that every query containing a text finds. */
  public FakeLoki given(String query, Map<String, String> stream, Instant at, String line) {
    given.add(new Given(query, Map.copyOf(stream), at, line));
    return this;
  }

  /** Every query asked so far, oldest first. */
  public List<String> queries() {
    return List.copyOf(queries);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String query = parameter(exchange, "query");
      queries.add(query);
      if (query.isBlank()) {
        send(exchange, 400, "text/plain", "parse error : syntax error: unexpected $end");
        return;
      }
      String body = Json.MAPPER.writeValueAsString(streams(found(exchange, query)));
      send(exchange, 200, "application/json", body);
    }
  }

  private List<Given> found(HttpExchange exchange, String query) {
    long start = number(exchange, "start", Long.MIN_VALUE);
    long end = number(exchange, "end", Long.MAX_VALUE);
    boolean forward = parameter(exchange, "direction").equals("forward");
    Comparator<Given> order = Comparator.comparing(Given::at);
    return given.stream()
        .filter(line -> query.contains(line.query()))
        .filter(line -> nanosecond(line.at()) >= start && nanosecond(line.at()) < end)
        .sorted(forward ? order : order.reversed())
        .limit(number(exchange, "limit", DEFAULT_LIMIT))
        .toList();
  }

  private static ObjectNode streams(List<Given> lines) {
    ObjectNode envelope = Json.MAPPER.createObjectNode().put("status", "success");
    ArrayNode result = envelope.putObject("data").put("resultType", "streams").putArray("result");
    for (Given line : lines) {
      ObjectNode stream = result.addObject();
      ObjectNode labels = stream.putObject("stream");
      line.stream().forEach(labels::put);
      stream
          .putArray("values")
          .addArray()
          .add(Long.toString(nanosecond(line.at())))
          .add(line.line());
    }
    return envelope;
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static long nanosecond(Instant at) {
    return at.getEpochSecond() * 1_000_000_000 + at.getNano();
  }

  private static long number(HttpExchange exchange, String name, long otherwise) {
    String text = parameter(exchange, name);
    return text.isEmpty() ? otherwise : Long.parseLong(text);
  }

  private static String parameter(HttpExchange exchange, String name) {
    String query = exchange.getRequestURI().getRawQuery();
    for (String pair : (query == null ? "" : query).split("&")) {
      if (pair.startsWith(name + '=')) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }
}
