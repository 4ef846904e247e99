// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks;

import dev.tocsin.proof.Program;
import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * How many samples a second the program judges with nothing else to do: 2,000 series, a sample a
 * minute each, written ahead and then worked off, broker and exactly-once commits included.
 */
final class Samples {

  private static final int SERIES = 2_000;
  private static final int ROUNDS = 600;

  /** Judged before the measurement begins: the compiler is done with most by then. */
  private static final long WARM = 400_000;

  private static final Duration MEASURED = Duration.ofSeconds(15);
  private static final double CLOCK_TICKS = 100;

  private final PrintStream out;
  private final Instant endsAt;

  Samples(PrintStream out, Instant endsAt) {
    this.out = out;
    this.endsAt = endsAt;
  }

  void measure(Program program, String authorization) {
    write(program.broker());
    while (judged(program, authorization) < WARM) {
      pause(Duration.ofMillis(200));
    }
    long judgedBefore = judged(program, authorization);
    double usedBefore = processorSeconds(program.pid());
    long begun = System.nanoTime();
    pause(MEASURED);
    double seconds = (System.nanoTime() - begun) / 1e9;
    long judged = judged(program, authorization) - judgedBefore;
    double used = processorSeconds(program.pid()) - usedBefore;
    out.printf(
        "%d samples judged in %.1f s: %.0f/s; %.1f processor seconds of broker and program: %.0f/s"
            + " a core%n",
        judged, seconds, judged / seconds, used, judged / used);
  }

  private void write(String broker) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker, "linger.ms", 20, "batch.size", 262_144);
    try (KafkaProducer<String, Sample> producer =
        new KafkaProducer<>(
            config,
            Topics.SAMPLES.keySerde().serializer(),
            Topics.SAMPLES.valueSerde().serializer())) {
      Instant first = endsAt.minus(Duration.ofMinutes(ROUNDS));
      for (int round = 0; round < ROUNDS; round++) {
        Instant at = first.plus(Duration.ofMinutes(round));
        IntStream.range(0, SERIES)
            .mapToObj(series -> sample(series, at))
            .forEach(
                sample -> {
                  var unused =
                      producer.send(
                          new ProducerRecord<>(Topics.SAMPLES.name(), sample.series(), sample));
                });
      }
    }
  }

  private static Sample sample(int series, Instant at) {
    String service = Messages.service(series);
    double value = 100 + 10 * Math.sin(at.getEpochSecond() / 3_000.0 + series) + series % 7;
    return new Sample(
        "requests{cluster=eu-1,namespace=load,service=" + service + "}",
        "requests",
        Map.of("cluster", "eu-1", "namespace", "load", "service", service),
        at,
        value,
        "prometheus",
        null,
        null,
        null);
  }

  private static long judged(Program program, String authorization) {
    try {
      String meters =
          program
              .get(
                  program.console().resolve("/actuator/prometheus"), "Authorization", authorization)
              .body();
      return meters
          .lines()
          .filter(line -> line.startsWith("tocsin_samples_judged_total"))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double processorSeconds(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / CLOCK_TICKS;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
