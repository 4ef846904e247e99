// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.sample.SeriesKind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrometheusPollerTest {

  private final BlockingQueue<Sample> samples = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> polls = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> forms = new LinkedBlockingQueue<>();
  private HttpServer prometheus;
  private PrometheusPoller poller;
  private volatile int status = 200;
  private volatile String answer = "";

  @BeforeEach
  void start() throws IOException {
    prometheus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    prometheus.createContext(
        "/prom/api/v1/query",
        exchange -> {
          forms.add(
              URLDecoder.decode(
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                  StandardCharsets.UTF_8));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    prometheus.start();
  }

  @AfterEach
  void stop() {
    if (poller != null) {
      poller.stop();
    }
    prometheus.stop(0);
  }

  @Test
  void vector_becomesASampleForEachSeries() throws InterruptedException {
    answer =
        vector(
            """
            {"metric":{"__name__":"up","b":"2","a":"x\\"y"},"value":[1767323045.25,"0.5"]},
            {"metric":{},"value":[1767323045.25,"NaN"]},
            {"metric":{"c":"3"},"value":[1767323045.25,"+Inf"]}
            """);
    poll("/prom/");
    assertThat(polls.poll(20, TimeUnit.SECONDS)).isEqualTo("errors 3");
    assertThat(forms.peek()).startsWith("query=sum by (job) (rate(e[5m]))&");
    assertThat(samples.poll())
        .isEqualTo(
            new Sample(
                "errors{a=\"x\\\"y\",b=\"2\",service=\"shop\"}",
                "errors",
                Map.of("a", "x\"y", "b", "2", "service", "shop"),
                Instant.parse("2026-01-02T03:04:05.250Z"),
                0.5,
                "prometheus",
                null,
                SeriesKind.RATIO,
                0.9));
    assertThat(samples.poll().value()).isNaN();
    assertThat(samples.poll().value()).isInfinite();
    assertThat(poller.failures()).isEmpty();
  }

  @Test
  void refusedQuery_isSaidInPrometheusWordsAndTakenBackWhenAnswered() throws InterruptedException {
    status = 400;
    answer = "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"}";
    poll("/prom");
    assertThat(polls.poll(20, TimeUnit.SECONDS)).isEqualTo("errors failed");
    assertThat(poller.failures()).containsEntry("errors", "bad_data: parse error");
    assertThat(new PollerHealth(poller).health().getStatus().getCode()).isEqualTo("DEGRADED");
    status = 200;
    answer = vector("{\"metric\":{},\"value\":[1,\"1\"]}");
    String poll = polls.poll(20, TimeUnit.SECONDS);
    while ("errors failed".equals(poll)) {
      poll = polls.poll(20, TimeUnit.SECONDS);
    }
    assertThat(poll).isEqualTo("errors 1");
    assertThat(new PollerHealth(poller).health().getStatus().getCode()).isEqualTo("UP");
  }

  /** Nobody waits for its end: it is refused once it is longer than what is taken. */
  @Test
  void answerOfAMillionSeries_isRefused_andTheNextIsTaken() throws InterruptedException {
    AtomicLong written = new AtomicLong();
    prometheus.createContext(
        "/million/api/v1/query",
        exchange -> {
          boolean isFirst = written.get() == 0;
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            String series = "{\"metric\":{\"pod\":\"%d\"},\"value\":[1,\"1\"]}";
            String[] ends = vector("#").split("#", 2);
            body.write(ends[0].getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < (isFirst ? 1_000_000 : 1); i++) {
              String next = (i == 0 ? "" : ",") + series.formatted(i);
              body.write(next.getBytes(StandardCharsets.UTF_8));
              written.addAndGet(next.length());
            }
            body.write(ends[1].getBytes(StandardCharsets.UTF_8));
          }
        });
    poll("/million");
    assertThat(polls.poll(60, TimeUnit.SECONDS)).isEqualTo("errors failed");
    assertThat(poller.failures().get("errors"))
        .isEqualTo("the answer is longer than 4194304 bytes: narrow the query");
    assertThat(samples).isEmpty();
    assertThat(polls.poll(60, TimeUnit.SECONDS)).isEqualTo("errors 1");
    assertThat(written.get()).as("bytes, of 45 million").isLessThan(30_000_000);
  }

  @Test
  void wrongPath_isAFailureAndNoMore() throws InterruptedException {
    poll("/elsewhere");
    assertThat(polls.poll(20, TimeUnit.SECONDS)).isEqualTo("errors failed");
    assertThat(poller.failures().get("errors")).isEqualTo("HTTP 404");
    assertThat(samples).isEmpty();
  }

  @Test
  void answersThatCannotBeWatched_areRefusedWithWords() {
    String series = "{\"metric\":{},\"value\":[1,\"1\"]}";
    assertThatThrownBy(() -> read(vector(series + "," + series), 1))
        .hasMessageContaining("2 series")
        .hasMessageContaining("at most 1");
    assertThatThrownBy(
            () -> read("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\"}}", 1))
        .hasMessageContaining("matrix");
    assertThatThrownBy(() -> read("<html>", 1)).hasMessageContaining("no JSON");
    assertThatThrownBy(() -> read(vector("{\"value\":[1,\"abc\"]}"), 1))
        .hasMessageContaining("no number");
    assertThatThrownBy(() -> read(vector("{\"value\":[1]}"), 1)).hasMessageContaining("[time");
  }

  @Test
  void urlThatIsNone_isRefusedAtStart() {
    for (String url : List.of("prometheus:9090", "file:///etc", "http://", "not a url")) {
      assertThatThrownBy(() -> new PrometheusPoller(url, List.of(), samples::add, null))
          .hasMessageContaining("tocsin.detection.prometheus-url")
          .hasMessageContaining(url);
    }
  }

  @Test
  void queriesThatAreNone_areRefused() {
    assertThatThrownBy(() -> query("", "up", Duration.ofSeconds(30))).hasMessageContaining("name");
    assertThatThrownBy(() -> query("up", "up", Duration.ZERO)).hasMessageContaining("interval");
  }

  private static List<Sample> read(String body, int most) throws Exception {
    return QueryAnswer.read(
        query("n", "up", Duration.ofSeconds(30)), body.getBytes(StandardCharsets.UTF_8), most);
  }

  private static String vector(String series) {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[%s]}}"
        .formatted(series);
  }

  private void poll(String path) {
    poller =
        new PrometheusPoller(
            "http://127.0.0.1:" + prometheus.getAddress().getPort() + path,
            List.of(query("errors", "sum by (job) (rate(e[5m]))", Duration.ofSeconds(1))),
            samples::add,
            new PollListener() {
              @Override
              public void polled(String query, int count) {
                polls.add(query + " " + count);
              }

              @Override
              public void failed(String query) {
                polls.add(query + " failed");
              }
            });
    poller.start();
  }

  private static WatchedQuery query(String name, String promql, Duration interval) {
    return new WatchedQuery(
        name, promql, interval, SeriesKind.RATIO, Map.of("service", "shop"), 0.9);
  }
}
