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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Subscribers, each on a port of its own, that note when they first heard of each service. The
 * first few can be made to hang: they take a request and never answer it.
 */
final class Receivers implements AutoCloseable {

  private static final Pattern SERVICE = Pattern.compile("load-(\\d+)");

  private final List<HttpServer> servers = new ArrayList<>();
  private final List<Map<Integer, Long>> heard = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile int hanging;

  Receivers(int count) {
    for (int i = 0; i < count; i++) {
      int number = i;
      heard.add(new ConcurrentHashMap<>());
      try {
        HttpServer server =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/", exchange -> take(number, exchange));
        server.start();
        servers.add(server);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  List<URI> uris() {
    return servers.stream()
        .map(server -> URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort())))
        .toList();
  }

  /** From now on the first so many hang. */
  void hang(int first) {
    hanging = first;
  }

  /** When a receiver first heard of a service, by {@link System#nanoTime()}; -1 when it did not. */
  long heardAt(int receiver, int service) {
    return heard.get(receiver).getOrDefault(service, -1L);
  }

  /** How many of these services the receivers from one on have heard of, all together. */
  long heard(int fromReceiver, int fromService, int toService) {
    return IntStream.range(fromReceiver, heard.size())
        .mapToLong(
            receiver ->
                IntStream.range(fromService, toService)
                    .filter(service -> heardAt(receiver, service) > 0)
                    .count())
        .sum();
  }

  private void take(int receiver, HttpExchange exchange) throws IOException {
    try (exchange) {
      long now = System.nanoTime();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (receiver < hanging) {
        over.await();
        return;
      }
      Matcher service = SERVICE.matcher(body);
      if (service.find()) {
        heard.get(receiver).putIfAbsent(Integer.parseInt(service.group(1)), now);
      }
      exchange.sendResponseHeaders(204, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }
}
