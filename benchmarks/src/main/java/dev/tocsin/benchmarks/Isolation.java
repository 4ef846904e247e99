// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks;

import dev.tocsin.proof.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Whether endpoints that hang move those that do not: 200 subscribers of one program, first all
 * well, then a tenth of them hanging. The time is from the alert's message to the event's arrival.
 */
final class Isolation {

  private static final int ENDPOINTS = 200;
  private static final int HANGING = 20;

  /** Messages a second; each is 200 deliveries. */
  private static final double PACE = 0.5;

  private static final int WARM = 8;
  private static final int MEASURED = 18;
  private static final Duration LATEST = Duration.ofSeconds(10);

  private final Program program;
  private final Sender sender;
  private final String authorization;
  private final Instant startsAt;
  private final PrintStream out;

  Isolation(
      Program program, Sender sender, String authorization, Instant startsAt, PrintStream out) {
    this.program = program;
    this.sender = sender;
    this.authorization = authorization;
    this.startsAt = startsAt;
    this.out = out;
  }

  void measure() {
    try (Receivers receivers = new Receivers(ENDPOINTS)) {
      receivers.uris().forEach(this::subscribe);
      phase(receivers, 0, WARM);
      long[] well = phase(receivers, WARM, WARM + MEASURED);
      say("all well", well);
      receivers.hang(HANGING);
      long[] beside = phase(receivers, WARM + MEASURED, WARM + 2 * MEASURED);
      say(HANGING + " hanging", beside);
      double moved = Figures.at(beside, .99) - Figures.at(well, .99);
      out.printf(
          "p99 of the others moved by %+.1f ms (%+.1f %%)%n",
          moved, 100 * moved / Figures.at(well, .99));
    }
  }

  /** How long each event took to each of the subscribers that never hang, in order. */
  private long[] phase(Receivers receivers, int from, int to) {
    Map<Integer, Long> sentAt = new ConcurrentHashMap<>();
    sender.pace(
        Duration.ofMillis(Math.round(1000 / PACE)),
        to - from,
        n -> {
          sentAt.put(from + n, System.nanoTime());
          return Messages.grafana(from + n, 1, startsAt);
        });
    long wanted = (long) (ENDPOINTS - HANGING) * (to - from);
    long end = System.nanoTime() + LATEST.toNanos();
    while (receivers.heard(HANGING, from, to) < wanted && System.nanoTime() < end) {
      pause();
    }
    return IntStream.range(HANGING, ENDPOINTS)
        .boxed()
        .flatMapToLong(
            receiver ->
                IntStream.range(from, to)
                    .filter(service -> receivers.heardAt(receiver, service) > 0)
                    .mapToLong(
                        service ->
                            receivers.heardAt(receiver, service)
                                - sentAt.getOrDefault(service, 0L)))
        .sorted()
        .toArray();
  }

  private void say(String when, long[] nanos) {
    out.printf(
        "%s: %d of %d events at the %d others; p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms%n",
        when,
        LongStream.of(nanos).count(),
        (long) (ENDPOINTS - HANGING) * MEASURED,
        ENDPOINTS - HANGING,
        Figures.at(nanos, .5),
        Figures.at(nanos, .9),
        Figures.at(nanos, .99),
        Figures.at(nanos, 1));
  }

  private void subscribe(URI endpoint) {
    HttpRequest request =
        HttpRequest.newBuilder(program.console().resolve("/v1/subscriptions"))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"url\":\"%s\",\"events\":[\"dev.tocsin.incident.opened\"]}"
                        .formatted(endpoint)))
            .build();
    try {
      HttpResponse<String> answer = program.send(request);
      if (answer.statusCode() != 201) {
        throw new IllegalStateException("a subscription was refused: " + answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
