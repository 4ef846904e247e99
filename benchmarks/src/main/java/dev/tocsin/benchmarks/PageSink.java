// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes PagerDuty events as fast as they come and notes when each service was first paged, and how
 * often. Cheaper than the testkit's PagerDuty.
 */
final class PageSink implements AutoCloseable {

  private static final Pattern SERVICE = Pattern.compile("load-(\\d+)");
  private static final Pattern SUMMARY = Pattern.compile("\"summary\":\"([^\"]*)\"");
  private static final int MOST_SUMMARIES = 40;
  private static final byte[] ANSWER =
      "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"k\"}"
          .getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Integer, Long> firstAt = new ConcurrentHashMap<>();
  private final AtomicInteger pages = new AtomicInteger();
  private final Queue<String> summaries = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Integer> times = new ConcurrentHashMap<>();

  PageSink() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  int services() {
    return firstAt.size();
  }

  /** All triggers, whatever they speak of. */
  int pages() {
    return pages.get();
  }

  /** What the first pages said. */
  List<String> summaries() {
    return List.copyOf(summaries);
  }

  /** Triggers beyond the first of a service. */
  int repeats() {
    return times.values().stream().mapToInt(count -> count - 1).sum();
  }

  /** When a service was first paged, by {@link System#nanoTime()}; -1 when it was not. */
  long firstAt(int service) {
    return firstAt.getOrDefault(service, -1L);
  }

  /** Waits until so many services were paged, or the time is up. */
  boolean await(int services, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (firstAt.size() < services && System.nanoTime() < end) {
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return firstAt.size() >= services;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      long now = System.nanoTime();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      note(body);
      Matcher service = SERVICE.matcher(body);
      if (body.contains("\"trigger\"") && service.find()) {
        int number = Integer.parseInt(service.group(1));
        firstAt.putIfAbsent(number, now);
        times.merge(number, 1, Integer::sum);
      }
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(202, ANSWER.length);
      exchange.getResponseBody().write(ANSWER);
    }
  }

  private void note(String body) {
    if (body.contains("\"trigger\"") && pages.incrementAndGet() <= MOST_SUMMARIES) {
      Matcher summary = SUMMARY.matcher(body);
      summaries.add(summary.find() ? summary.group(1) : body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
