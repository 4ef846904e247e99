// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Posts messages over a fixed number of connections, each waiting for its answer before the next.
 */
final class Sender {

  /** What came of a run: only answers 2xx count. */
  record Sent(int accepted, int refused, Duration took) {
    double perSecond() {
      return accepted / (took.toNanos() / 1e9);
    }
  }

  private final URI to;
  private final String authorization;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  Sender(URI to, String authorization) {
    this.to = to;
    this.authorization = authorization;
  }

  /** As fast as the answers come: at most {@code messages}, for at most {@code time}. */
  Sent flood(int connections, int messages, Duration time, IntFunction<String> body) {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger accepted = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    long begun = System.nanoTime();
    long end = begun + time.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      for (int i = 0; i < connections; i++) {
        threads.execute(
            () -> {
              int message = next.getAndIncrement();
              while (message < messages && System.nanoTime() < end) {
                (post(body.apply(message)) ? accepted : refused).incrementAndGet();
                message = next.getAndIncrement();
              }
            });
      }
      threads.shutdown();
      if (!threads.awaitTermination(time.toSeconds() + 60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the load did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return new Sent(accepted.get(), refused.get(), Duration.ofNanos(System.nanoTime() - begun));
  }

  /** At a fixed pace, whatever the answers do: a slow answer does not slow the load down. */
  Sent pace(int perSecond, int messages, IntFunction<String> body) {
    return pace(Duration.ofSeconds(1).dividedBy(perSecond), messages, body);
  }

  Sent pace(Duration pause, int messages, IntFunction<String> body) {
    AtomicInteger accepted = new AtomicInteger();
    long between = pause.toNanos();
    long begun = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < messages; i++) {
        long due = begun + i * between;
        long early = due - System.nanoTime();
        if (early > 0) {
          TimeUnit.NANOSECONDS.sleep(early);
        }
        String message = body.apply(i);
        threads.execute(
            () -> {
              if (post(message)) {
                accepted.incrementAndGet();
              }
            });
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return new Sent(
        accepted.get(), messages - accepted.get(), Duration.ofNanos(System.nanoTime() - begun));
  }

  private boolean post(String body) {
    HttpRequest request =
        HttpRequest.newBuilder(to)
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
