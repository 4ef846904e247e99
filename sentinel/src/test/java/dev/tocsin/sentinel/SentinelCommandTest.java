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
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * The whole switch against a watched program and a PagerDuty of its own, fifteen seconds a look.
 */
class SentinelCommandTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> HOPS = List.of("ingest", "detection", "workflow", "notifier");
  private static final Instant START = Instant.parse("2026-03-01T03:00:00Z");

  private final AtomicLong seconds = new AtomicLong();
  private final InstantSource clock = () -> START.plusSeconds(seconds.getAndAdd(15));
  private final AtomicInteger health = new AtomicInteger(200);
  private final AtomicInteger taken = new AtomicInteger(202);
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicReference<String> stuck = new AtomicReference<>("");
  private final Map<String, String> hops = new ConcurrentHashMap<>();
  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/actuator/health", exchange -> answer(exchange, health.get()));
    server.createContext("/v1/alerts/sentinel", this::takeBeat);
    server.createContext("/v1/beats", this::tellHops);
    server.createContext(
        "/v2/enqueue",
        exchange -> {
          int status = taken.get();
          events.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
          answer(exchange, status);
        });
    server.start();
  }

  /** A pipeline that passes beats on at once, up to the hop that is stuck. */
  private void takeBeat(HttpExchange exchange) throws IOException {
    JsonNode beat = JSON.readTree(exchange.getRequestBody().readAllBytes());
    boolean known =
        "Bearer a-token-of-its-own".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    for (String hop : HOPS) {
      if (hop.equals(stuck.get())) {
        break;
      }
      hops.put(hop, beat.at("/alerts/0/labels/tocsin_beat").asString());
    }
    answer(exchange, known ? 202 : 401);
  }

  private void tellHops(HttpExchange exchange) throws IOException {
    if (away.get()) {
      answer(exchange, 503);
      return;
    }
    ArrayNode list = JSON.createArrayNode();
    for (String hop : HOPS) {
      list.addObject().put("hop", hop).put("beat", hops.getOrDefault(hop, ""));
    }
    byte[] body = JSON.writeValueAsBytes(JSON.createObjectNode().set("hops", list));
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void outage_isPaged_repeatedUntilTaken_andResolved() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      Sentinel sentinel = sentinel(http);
      look(sentinel, 1);
      health.set(503);
      taken.set(500);
      look(sentinel, 4);
      JsonNode first = next();
      taken.set(202);
      look(sentinel, 3);
      JsonNode repeat = next();
      assertThat(events).as("once it is taken, it is not told again").isEmpty();
      health.set(200);
      look(sentinel, 2);
      JsonNode resolve = next();

      assertThat(first.at("/event_action").asString()).isEqualTo("trigger");
      assertThat(first.at("/routing_key").asString()).isEqualTo("its-own-key");
      assertThat(first.at("/payload/severity").asString()).isEqualTo("critical");
      assertThat(first.at("/payload/source").asString()).endsWith("/actuator/health");
      assertThat(first.at("/payload/summary").asString())
          .contains("last seen alive at 2026-03-01T03:00:15Z; now: its health answers 503");
      assertThat(repeat.at("/dedup_key")).isEqualTo(first.at("/dedup_key"));
      assertThat(resolve.at("/event_action").asString()).isEqualTo("resolve");
      assertThat(resolve.at("/dedup_key")).isEqualTo(first.at("/dedup_key"));
      assertThat(resolve.has("payload")).isFalse();
      assertThat(events).isEmpty();
      assertThat(said.toString(UTF_8))
          .contains("PagerDuty answers 500, tried again", "page resolved")
          .doesNotContain("its-own-key");
    }
  }

  @Test
  void nobodyThere_isAnOutage() throws Exception {
    Map<String, String> env = env();
    try (ServerSocket closed = new ServerSocket(0)) {
      env.put(SentinelSettings.WATCH_URL, "http://127.0.0.1:" + closed.getLocalPort());
    }
    Thread watch = watch(env);
    assertThat(next().at("/payload/summary").asString())
        .contains("not seen alive", "now: no answer (ConnectException)");
    watch.interrupt();
    assertThat(watch.join(Duration.ofSeconds(10))).isTrue();
    assertThat(said.toString(UTF_8)).contains("the watch is over");
  }

  @Test
  void beats_thatStopOnTheirWay_arePagedWithTheLastHopSeenAlive() throws Exception {
    Map<String, String> env = env();
    env.put(SentinelSettings.INGEST_TOKEN, "a-token-of-its-own");
    env.put(
        SentinelSettings.INGEST_URL,
        env.get(SentinelSettings.PAGERDUTY_URL) + "/v1/alerts/sentinel");
    try (HttpClient http = HttpClient.newHttpClient()) {
      SentinelSettings settings = SentinelSettings.from(env);
      Duration timeout = Duration.ofSeconds(10);
      Sentinel sentinel =
          new Sentinel(
              new Beats(http, settings.way(), timeout, clock.instant()),
              new PagerDuty(http, settings, timeout),
              settings.patience(),
              clock,
              out());
      look(sentinel, 3);
      assertThat(said.toString(UTF_8)).contains("healthy");
      stuck.set("workflow");
      look(sentinel, 5);
      JsonNode page = next();
      stuck.set("");
      look(sentinel, 2);
      away.set(true);
      look(sentinel, 5);

      assertThat(page.at("/payload/summary").asString())
          .contains(
              "Tocsin does not answer: last seen alive at",
              "the last hop seen alive is detection (workflow last at 2026-03-01T03:0",
              "ingest answers 202");
      assertThat(next().at("/event_action").asString()).isEqualTo("resolve");
      assertThat(next().at("/payload/summary").asString())
          .contains("it answers 503", "before that, the last hop seen alive is notifier");
      assertThat(said.toString(UTF_8)).doesNotContain("a-token-of-its-own");
    }
  }

  @Test
  void missingKey_isRefused_withWords() {
    Map<String, String> env = env();
    env.remove(SentinelSettings.ROUTING_KEY);
    assertThat(SentinelCommand.run(env, out())).isEqualTo(2);
    assertThat(said.toString(UTF_8)).startsWith("TOCSIN_SENTINEL_ROUTING_KEY is not set: ");
  }

  @Test
  void faults_areToldTogether() {
    Map<String, String> env =
        Map.of(
            SentinelSettings.WATCH_URL, "localhost:8081",
            SentinelSettings.PAGERDUTY_URL, "ftp://pagerduty");
    assertThat(SentinelCommand.run(env, out())).isEqualTo(2);
    assertThat(said.toString(UTF_8).lines())
        .hasSize(3)
        .contains(
            "TOCSIN_SENTINEL_WATCH_URL should be an http or https address: was 'localhost:8081'");
  }

  @Test
  void defaults_areTheConsoleHere_andPagerDutyItself() throws Exception {
    SentinelSettings settings = SentinelSettings.from(Map.of(SentinelSettings.ROUTING_KEY, "key"));
    assertThat(settings.watch()).hasToString("http://localhost:8081/actuator/health");
    assertThat(settings.pagerDuty()).hasToString("https://events.pagerduty.com/v2/enqueue");
    assertThat(settings.every()).hasSeconds(15);
    assertThat(settings.patience()).hasSeconds(60);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 60s, TOCSIN_SENTINEL_EVERY should be a whole number and ms",
    "-5s, 60s, from 20ms to 60m",
    "1ms, 60s, was '1ms'",
    "15s, 61m, was '61m'",
    "15s, 1h, was '1h'",
    "15s, 20s, at least twice TOCSIN_SENTINEL_EVERY"
  })
  void lengthThatMakesNoSense_isRefused(String every, String patience, String says) {
    Map<String, String> env = env();
    env.put(SentinelSettings.EVERY, every);
    env.put(SentinelSettings.PATIENCE, patience);
    assertThat(SentinelCommand.run(env, out())).isEqualTo(2);
    assertThat(said.toString(UTF_8)).contains(says);
  }

  private Sentinel sentinel(HttpClient http) throws Exception {
    SentinelSettings settings = SentinelSettings.from(env());
    Duration timeout = Duration.ofSeconds(10);
    return new Sentinel(
        new Health(http, settings.watch(), timeout),
        new PagerDuty(http, settings, timeout),
        settings.patience(),
        clock,
        out());
  }

  private static void look(Sentinel sentinel, int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      sentinel.look();
    }
  }

  private Thread watch(Map<String, String> env) {
    return Thread.ofPlatform().start(() -> SentinelCommand.run(env, out(), clock));
  }

  private Map<String, String> env() {
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    Map<String, String> env = new HashMap<>();
    env.put(SentinelSettings.WATCH_URL, address + "/actuator/health");
    env.put(SentinelSettings.PAGERDUTY_URL, address);
    env.put(SentinelSettings.ROUTING_KEY, "its-own-key");
    env.put(SentinelSettings.EVERY, "20ms");
    return env;
  }

  private JsonNode next() throws InterruptedException {
    JsonNode event = events.poll(20, TimeUnit.SECONDS);
    assertThat(event).as("an event at PagerDuty").isNotNull();
    return event;
  }

  private PrintStream out() {
    return new PrintStream(said, true, UTF_8);
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
