// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.sentinel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two days of beats over HTTP by the sentinel's own code, in virtual time: the pipeline they go
 * through is a model, in which a role dies about every five minutes and is back within 20 s.
 */
class TenThousandBeatsTest {

  private static final int BEATS = 10_000;
  private static final Instant START = Instant.parse("2026-03-01T03:00:00Z");
  private static final JsonMapper JSON = new JsonMapper();

  private final Queue<String> pages = new ConcurrentLinkedQueue<>();
  private final Random random = new Random(1);
  private final ModelOfTheWay way = new ModelOfTheWay(random);
  private volatile Instant now = START;
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/alerts/sentinel", this::take);
    server.createContext("/v1/beats", this::tell);
    server.createContext(
        "/v2/enqueue",
        exchange -> {
          pages.add(
              JSON.readTree(exchange.getRequestBody().readAllBytes())
                  .at("/event_action")
                  .asString());
          answer(exchange, 202, new byte[0]);
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void restartsWithinTwentySeconds_pageNobody_andTheDeathOfAllDoes() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    SentinelSettings settings = SentinelSettings.from(env());
    Duration timeout = Duration.ofSeconds(20);
    try (HttpClient http = HttpClient.newHttpClient()) {
      Sentinel sentinel =
          new Sentinel(
              new Beats(http, settings.way(), timeout, START),
              new PagerDuty(http, settings, timeout),
              settings.patience(),
              () -> now,
              new PrintStream(said, true, UTF_8));
      for (int beat = 0; beat < BEATS; beat++) {
        look(sentinel, settings);
      }
      assertThat(way.deaths()).as("deaths in %s", Duration.between(START, now)).isGreaterThan(400);
      assertThat(said.toString(UTF_8).lines().filter(line -> line.contains(" healthy")))
          .as("silences that were noticed, and over before anybody was paged")
          .hasSizeGreaterThan(100);
      assertThat(pages).isEmpty();

      way.killAll(now);
      Instant dead = now;
      while (pages.isEmpty()) {
        look(sentinel, settings);
      }
      assertThat(pages).containsExactly("trigger");
      assertThat(Duration.between(dead, now)).isLessThan(Duration.ofSeconds(100));
    }
  }

  @Test
  void restartOfNinetySeconds_pages() throws Exception {
    SentinelSettings settings = SentinelSettings.from(env());
    Duration timeout = Duration.ofSeconds(20);
    try (HttpClient http = HttpClient.newHttpClient()) {
      Sentinel sentinel =
          new Sentinel(
              new Beats(http, settings.way(), timeout, START),
              new PagerDuty(http, settings, timeout),
              settings.patience(),
              () -> now,
              new PrintStream(new ByteArrayOutputStream(), true, UTF_8));
      look(sentinel, settings);
      way.kill("workflow", now, Duration.ofSeconds(90));
      for (int beat = 0; beat < 12; beat++) {
        look(sentinel, settings);
      }
      assertThat(pages).containsExactly("trigger", "resolve");
    }
  }

  /** What a look takes by itself is time too: mostly milliseconds, at times seconds. */
  private void look(Sentinel sentinel, SentinelSettings settings) throws InterruptedException {
    sentinel.look();
    long took = random.nextInt(50) == 0 ? random.nextLong(5_000) : random.nextLong(100);
    now = now.plus(settings.every()).plusMillis(took);
    way.until(now);
  }

  private void take(HttpExchange exchange) throws IOException {
    JsonNode beat = JSON.readTree(exchange.getRequestBody().readAllBytes());
    if (way.isDead("ingest", now)) {
      exchange.close();
      return;
    }
    way.send(Instant.parse(beat.at("/alerts/0/labels/tocsin_beat").asString()), now);
    answer(exchange, 202, new byte[0]);
  }

  private void tell(HttpExchange exchange) throws IOException {
    if (way.isDead("console", now)) {
      exchange.close();
      return;
    }
    answer(exchange, 200, JSON.writeValueAsBytes(Map.of("hops", way.hops(now))));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Map<String, String> env() {
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    return Map.of(
        SentinelSettings.WATCH_URL,
        address + "/actuator/health",
        SentinelSettings.INGEST_URL,
        address + "/v1/alerts/sentinel",
        SentinelSettings.INGEST_TOKEN,
        "a-token-of-its-own",
        SentinelSettings.PAGERDUTY_URL,
        address,
        SentinelSettings.ROUTING_KEY,
        "its-own-key");
  }
}
