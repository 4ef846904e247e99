// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks;

import dev.tocsin.benchmarks.detection.DetectionFigures;
import dev.tocsin.benchmarks.detection.StormFigures;
import dev.tocsin.benchmarks.forecast.ForecastFigures;
import dev.tocsin.proof.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The load figures of the README, taken on the program as its operator runs it. {@code
 * benchmarks/run FIGURE}
 */
public final class Figures {

  private static final String TOKEN = "benchmark-token-0123456789";
  private static final String MAIN = "dev.tocsin.launcher.Tocsin";

  private final PrintStream out;
  private final Instant startsAt;

  /** Makes the body of a message of so many alerts, from a number on. */
  @FunctionalInterface
  private interface Body {
    String of(int first, int count, Instant startsAt);
  }

  private Figures(PrintStream out, Instant startsAt) {
    this.out = out;
    this.startsAt = startsAt;
  }

  public static void main(String[] arguments) {
    Figures figures = new Figures(System.out, java.time.InstantSource.system().instant());
    String which = arguments.length == 0 ? "" : arguments[0];
    switch (which) {
      case "accept" -> figures.accept();
      case "latency" -> figures.latency();
      case "flood" -> figures.flood();
      case "start" -> figures.start();
      case "subscribers" -> figures.subscribers();
      case "samples" -> figures.samples();
      case "push" -> figures.push();
      case "alertmanager" -> figures.alertmanager();
      case "detection" ->
          DetectionFigures.take(
              System.out,
              Path.of(System.getProperty("datasets", "../shared/datasets")),
              arguments.length > 1 && arguments[1].equals("--series"));
      case "forecast" ->
          ForecastFigures.take(System.out, arguments.length > 1 ? Long.parseLong(arguments[1]) : 7);
      case "storm20k" -> figures.storm20k();
      case "sentinel" ->
          new DeadMansSwitch(System.out, scratch())
              .measure(number(arguments, 1, 5), number(arguments, 2, 10_000));
      case "storms" -> StormFigures.take(System.out);
      default -> {
        System.out.println(
            "figures: accept, latency, flood, start, subscribers, samples, push, alertmanager, detection,"
                + " forecast, storms, storm20k, sentinel");
        System.exit(2);
      }
    }
  }

  private static int number(String[] arguments, int at, int otherwise) {
    return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
  }

  /** Durable alerts a second over 8 connections: one a message, then 50 a message. */
  private void accept() {
    try (PageSink sink = new PageSink();
        Program program = program(sink)) {
      accept(sender(program), Messages::grafana);
    }
  }

  /**
   * The same alerts over and over, so that what is measured is taking them in, after 90 s of them:
   * before, the compiler has one of two cores.
   */
  private void accept(Sender sender, Body body) {
    sender.flood(8, 400_000, Duration.ofSeconds(90), n -> body.of(1_000_000 + n % 50, 1, startsAt));
    Sender.Sent single =
        sender.flood(
            8, 40_000, Duration.ofSeconds(15), n -> body.of(1_000_000 + n % 50, 1, startsAt));
    out.printf(
        "one alert a message: %.0f alerts/s (%d accepted, %d refused)%n",
        single.perSecond(), single.accepted(), single.refused());
    Sender.Sent batch =
        sender.flood(8, 4_000, Duration.ofSeconds(15), n -> body.of(1_000_000, 50, startsAt));
    out.printf(
        "50 alerts a message: %.0f alerts/s (%d messages accepted, %d refused)%n",
        50 * batch.perSecond(), batch.accepted(), batch.refused());
  }

  /**
   * 50 new incidents a second: from the moment a message is sent to the moment PagerDuty has the
   * page.
   */
  private void latency() {
    try (PageSink sink = new PageSink();
        Program program = program(sink)) {
      latency(sender(program), sink, Messages::grafana);
      out.printf("resident %d MiB%n", Memory.residentMiB(program.pid()));
    }
  }

  private void latency(Sender sender, PageSink sink, Body body) {
    int warm = 50 * 150;
    int measured = 50 * 60;
    Map<Integer, Long> sentAt = new ConcurrentHashMap<>();
    Sender.Sent sent =
        sender.pace(
            50,
            warm + measured,
            n -> {
              sentAt.put(n, System.nanoTime());
              return body.of(n, 1, startsAt);
            });
    boolean all = sink.await(sent.accepted(), Duration.ofSeconds(60));
    long[] nanos =
        IntStream.range(warm, warm + measured)
            .filter(n -> sink.firstAt(n) > 0)
            .mapToLong(n -> sink.firstAt(n) - sentAt.getOrDefault(n, 0L))
            .sorted()
            .toArray();
    out.printf(
        "webhook to page at 50/s over %d incidents: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f"
            + " ms; %d refused, all others paged: %s%n",
        nanos.length,
        at(nanos, .5),
        at(nanos, .9),
        at(nanos, .99),
        at(nanos, 1),
        sent.refused(),
        all);
  }

  /** Whether hanging endpoints move the others. */
  private void subscribers() {
    try (PageSink sink = new PageSink()) {
      Map<String, String> settings = settings(sink);
      settings.put("TOCSIN_NOTIFIER_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8");
      try (Program program = new Program(MAIN, scratch(), settings)) {
        program.start();
        new Isolation(program, sender(program), "Bearer " + TOKEN, startsAt, out).measure();
      }
    }
  }

  /** Samples through the topology that judges them. */
  private void samples() {
    try (PageSink sink = new PageSink();
        Program program = program(sink)) {
      new Samples(out, startsAt).measure(program, "Bearer " + TOKEN);
    }
  }

  /** Samples that a Prometheus pushes. */
  private void push() {
    try (PageSink sink = new PageSink()) {
      Map<String, String> settings = settings(sink);
      settings.put("TOCSIN_INGEST_SOURCES_PROMETHEUS_TOKEN", TOKEN);
      settings.put("TOCSIN_INGEST_PUSH_SERIES_0_SELECTOR", Push.WATCHED);
      try (Program program = new Program(MAIN, scratch(), settings)) {
        program.start();
        URI to = program.ingest().resolve("/v1/samples/prometheus");
        new Push(to, "Bearer " + TOKEN, startsAt, out).measure();
        out.printf("peak resident %d MiB%n", Memory.peakMiB(program.pid()));
      }
    }
  }

  /** Debian's Alertmanager under the same load, into the same sink. */
  private void alertmanager() {
    try (PageSink sink = new PageSink();
        Alertmanager peer = Alertmanager.start(scratch(), sink)) {
      Sender sender = new Sender(peer.alerts(), "none");
      latency(sender, sink, Messages::alertmanager);
      accept(sender, Messages::alertmanager);
      sender.flood(
          8,
          400,
          Duration.ofSeconds(120),
          n -> Messages.alertmanager(100_000 + n * 50, 50, startsAt));
      out.printf("peak resident %d MiB%n", Memory.peakMiB(peer.pid()));
    }
  }

  /** 20,000 alerts as fast as they come, each its own incident. */
  private void flood() {
    int alerts = 20_000;
    try (PageSink sink = new PageSink();
        Program program = program(sink)) {
      long begun = System.nanoTime();
      Sender.Sent sent =
          sender(program)
              .flood(
                  8,
                  alerts / 50,
                  Duration.ofSeconds(120),
                  n -> Messages.grafana(n * 50, 50, startsAt));
      boolean all = sink.await(alerts, Duration.ofSeconds(300));
      double seconds = (System.nanoTime() - begun) / 1e9;
      out.printf(
          "%d alerts, %d messages accepted in %.1f s, %d refused; %d paged within %.1f s, all: %s,"
              + " repeated triggers: %d%n",
          alerts,
          sent.accepted(),
          sent.took().toMillis() / 1000.0,
          sent.refused(),
          sink.services(),
          seconds,
          all,
          sink.repeats());
      out.printf(
          "peak resident %d MiB; accounting: %s%n",
          Memory.peakMiB(program.pid()), accounting(program));
    }
  }

  /** A storm, and one incident that speaks for it. */
  private void storm20k() {
    try (PageSink sink = new PageSink()) {
      Map<String, String> settings = settings(sink);
      settings.remove("TOCSIN_DETECTION_STORM_ENABLED");
      try (Program program = new Program(MAIN, scratch(), settings)) {
        program.start();
        new Storm(program, sink, "Bearer " + TOKEN, out).measure(sender(program), startsAt);
      }
    }
  }

  /** From the command to ready, five times on one data directory. */
  private void start() {
    try (PageSink sink = new PageSink()) {
      Program program = new Program(MAIN, scratch(), settings(sink));
      List<Duration> starts = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        starts.add(program.start());
        out.printf(
            "start %d: %.1f s, resident %d MiB%n",
            i + 1, starts.getLast().toMillis() / 1000.0, Memory.residentMiB(program.pid()));
        program.close();
      }
    }
  }

  private static String accounting(Program program) {
    try {
      HttpResponse<String> answer =
          program.get(
              program.console().resolve("/v1/accounting"), "Authorization", "Bearer " + TOKEN);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double at(long[] sorted, double quantile) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1e6;
  }

  private static Sender sender(Program program) {
    return new Sender(program.ingest().resolve("/v1/alerts/grafana"), "Bearer " + TOKEN);
  }

  private static Program program(PageSink sink) {
    Program program = new Program(MAIN, scratch(), settings(sink));
    program.start();
    return program;
  }

  private static Map<String, String> settings(PageSink sink) {
    Map<String, String> settings = new HashMap<>();
    settings.put("TOCSIN_INGEST_SOURCES_GRAFANA_TOKEN", TOKEN);
    settings.put("TOCSIN_CONSOLE_API_TOKENS", TOKEN);
    settings.put("TOCSIN_PAGERDUTY_URL", sink.uri().toString());
    settings.put("TOCSIN_PAGERDUTY_ROUTING_KEY", "R0UT1NGKEY0000000000000000000001");
    settings.put("TOCSIN_PAGERDUTY_RATE_PER_MINUTE", "0");
    settings.put("TOCSIN_DETECTION_STORM_ENABLED", "false");
    return settings;
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("tocsin-benchmark");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
