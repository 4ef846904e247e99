// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.xerial.snappy.Snappy;

/**
 * How many samples a second are taken over remote write 1.0, of series that are watched and of
 * series that are not: 500 a message over four connections, as Prometheus 2.42 sends them.
 */
final class Push {

  /** The metric that is watched, of the two that are sent. */
  static final String WATCHED = "load_requests";

  private static final int CONNECTIONS = 4;
  private static final int SERIES = 500;
  private static final Duration WARM = Duration.ofSeconds(20);
  private static final Duration MEASURED = Duration.ofSeconds(15);

  /** Samples may be of the last thirty days. */
  private static final Duration BEGINS = Duration.ofDays(20);

  private final URI to;
  private final String authorization;
  private final Instant first;
  private final PrintStream out;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Push(URI to, String authorization, Instant now, PrintStream out) {
    this.to = to;
    this.authorization = authorization;
    this.first = now.minus(BEGINS);
    this.out = out;
  }

  void measure() {
    send(WATCHED, first, WARM);
    Sent watched = send(WATCHED, first.plus(Duration.ofDays(10)), MEASURED);
    out.printf(
        "watched: %.0f samples/s durable (%d messages of %d, %d refused)%n",
        watched.perSecond(), watched.accepted(), SERIES, watched.refused());
    Sent others = send("load_others", first, MEASURED);
    out.printf(
        "not watched: %.0f samples/s left out (%d messages, %d refused)%n",
        others.perSecond(), others.accepted(), others.refused());
  }

  private record Sent(long accepted, long refused, Duration took) {
    private double perSecond() {
      return accepted * SERIES / (took.toNanos() / 1e9);
    }
  }

  private Sent send(String metric, Instant from, Duration time) {
    AtomicLong accepted = new AtomicLong();
    AtomicLong refused = new AtomicLong();
    long begun = System.nanoTime();
    long end = begun + time.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        int connection = i;
        threads.execute(
            () -> {
              for (Instant at = from; System.nanoTime() < end; at = at.plusSeconds(60)) {
                (post(message(metric, connection, at)) ? accepted : refused).incrementAndGet();
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

  private boolean post(byte[] message) {
    HttpRequest request =
        HttpRequest.newBuilder(to)
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", authorization)
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .header("X-Prometheus-Remote-Write-Version", "0.1.0")
            .POST(HttpRequest.BodyPublishers.ofByteArray(message))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A sample of each of the series of a connection. */
  private static byte[] message(String metric, int connection, Instant at) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream all = CodedOutputStream.newInstance(bytes);
      for (int i = 0; i < SERIES; i++) {
        all.writeByteArray(1, series(metric, connection * SERIES + i, at));
      }
      all.flush();
      return Snappy.compress(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] series(String metric, int number, Instant at) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream series = CodedOutputStream.newInstance(bytes);
    label(series, "__name__", metric);
    label(series, "cluster", "eu-1");
    label(series, "instance", "10.0.0." + number % 250 + ":9090");
    label(series, "job", "load");
    label(series, "namespace", "load");
    label(series, "service", Messages.service(number));
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    CodedOutputStream sample = CodedOutputStream.newInstance(inner);
    sample.writeDouble(1, 100 + 10 * Math.sin(at.getEpochSecond() / 3_000.0 + number));
    sample.writeInt64(2, at.toEpochMilli());
    sample.flush();
    series.writeByteArray(2, inner.toByteArray());
    series.flush();
    return bytes.toByteArray();
  }

  private static void label(CodedOutputStream series, String name, String value)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream label = CodedOutputStream.newInstance(bytes);
    label.writeString(1, name);
    label.writeString(2, value);
    label.flush();
    series.writeByteArray(1, bytes.toByteArray());
  }
}
