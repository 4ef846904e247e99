// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import dev.tocsin.schemas.sample.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Asks a Prometheus for the watched queries, each at its interval, and hands on the samples.
 *
 * <p>A poll that is still under way when its next turn comes has that turn skipped; a Prometheus
 * that does not answer is said once, and nothing waits for it.
 */
public final class PrometheusPoller implements SmartLifecycle {

  static final int MOST_SERIES = 1_000;
  private static final int MOST_BYTES = 4 << 20;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(PrometheusPoller.class);

  private final URI query;
  private final List<WatchedQuery> queries;
  private final Consumer<Sample> samples;
  private final PollListener listener;
  private final Map<String, String> failures = new ConcurrentHashMap<>();

  private @Nullable ScheduledExecutorService clock;
  private @Nullable ExecutorService calls;
  private @Nullable HttpClient client;

  public PrometheusPoller(
      String url, List<WatchedQuery> queries, Consumer<Sample> samples, PollListener listener) {
    this.query = endpoint(url);
    this.queries = queries;
    this.samples = samples;
    this.listener = listener;
  }

  private static URI endpoint(String url) {
    try {
      URI base = URI.create(url.replaceAll("/+$", ""));
      if (("http".equals(base.getScheme()) || "https".equals(base.getScheme()))
          && base.getHost() != null) {
        return URI.create(base + "/api/v1/query");
      }
    } catch (IllegalArgumentException e) {
      LOG.debug("no URL", e);
    }
    throw new IllegalArgumentException(
        "tocsin.detection.prometheus-url should be like http://prometheus:9090: was " + url);
  }

  @Override
  public synchronized void start() {
    ScheduledExecutorService ticking =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("prometheus-clock").factory());
    ExecutorService calling = Executors.newVirtualThreadPerTaskExecutor();
    HttpClient http =
        HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).executor(calling).build();
    clock = ticking;
    calls = calling;
    client = http;
    for (WatchedQuery watched : queries) {
      AtomicBoolean underWay = new AtomicBoolean();
      ticking.scheduleAtFixedRate(
          () -> {
            if (underWay.compareAndSet(false, true)) {
              calling.execute(
                  () -> {
                    try {
                      poll(http, watched);
                    } finally {
                      underWay.set(false);
                    }
                  });
            }
          },
          0,
          watched.interval().toMillis(),
          TimeUnit.MILLISECONDS);
    }
    LOG.info("watching {} queries at {}", queries.size(), query);
  }

  private void poll(HttpClient http, WatchedQuery watched) {
    try {
      List<Sample> read = QueryAnswer.read(watched, ask(http, watched), MOST_SERIES);
      read.forEach(samples);
      if (failures.remove(watched.name()) != null) {
        LOG.info("query {} is answered again", watched.name());
      }
      listener.polled(watched.name(), read.size());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException | QueryAnswer.UnusableAnswerException | RuntimeException e) {
      failed(watched, e);
    }
  }

  private byte[] ask(HttpClient http, WatchedQuery watched)
      throws IOException, InterruptedException, QueryAnswer.UnusableAnswerException {
    String form =
        "query="
            + URLEncoder.encode(watched.promql(), StandardCharsets.UTF_8)
            + "&timeout="
            + ANSWER_WITHIN.toSeconds()
            + "s";
    HttpRequest request =
        HttpRequest.newBuilder(query)
            .timeout(ANSWER_WITHIN)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new QueryAnswer.UnusableAnswerException(
            "the answer is longer than " + MOST_BYTES + " bytes: narrow the query");
      }
      // 400, 422 and 503 carry a reason as JSON, which is better than the number.
      boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
      if (response.statusCode() != 200 && !json) {
        throw new QueryAnswer.UnusableAnswerException("HTTP " + response.statusCode());
      }
      return bytes;
    }
  }

  private void failed(WatchedQuery watched, Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String before = failures.put(watched.name(), message);
    if (!message.equals(before)) {
      LOG.warn("query {} at {}: {}", watched.name(), query, message);
    }
    listener.failed(watched.name());
  }

  /** Queries that had no usable answer the last time, each with the reason. */
  public Map<String, String> failures() {
    return new TreeMap<>(failures);
  }

  @Override
  public synchronized void stop() {
    if (clock != null && calls != null && client != null) {
      clock.shutdownNow();
      client.shutdownNow();
      calls.shutdownNow();
      clock = null;
      calls = null;
      client = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return clock != null;
  }
}
