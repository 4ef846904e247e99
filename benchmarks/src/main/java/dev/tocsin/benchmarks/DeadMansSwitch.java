// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks;

import dev.tocsin.proof.process.Build;
import dev.tocsin.proof.process.Installation;
import dev.tocsin.proof.process.JavaProgram;
import dev.tocsin.proof.process.Role;
import dev.tocsin.proof.process.Waiting;
import dev.tocsin.testkit.pagerduty.FakePagerDuty;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The sentinel beside a real installation: how long until somebody is paged when all of it is
 * killed, and whether anybody is while single roles die and come back.
 */
final class DeadMansSwitch {

  private static final String MAIN = "dev.tocsin.launcher.Tocsin";
  private static final String TOKEN = "benchmark-token-0123456789";
  private static final String BEATS = "benchmark-beats-0123456789";

  private static final String WELL = " healthy, last alive ";

  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration PAGED_WITHIN = Duration.ofSeconds(300);
  private static final Duration WELL_WITHIN = Duration.ofSeconds(240);

  /** Before it is started again, which takes its time too. */
  private static final Duration LONGEST_DEATH = Duration.ofSeconds(12);

  private static final Duration BETWEEN_DEATHS = Duration.ofSeconds(10);

  /** Fewer beats are told then: ten thousand take a quarter of an hour. */
  private static final Duration BEATS_WITHIN = Duration.ofMinutes(40);

  private final PrintStream out;
  private final Path directory;
  private final JsonMapper json = new JsonMapper();
  private final FakePagerDuty ours = FakePagerDuty.start();
  private final FakePagerDuty theirs = FakePagerDuty.start();
  private final Map<String, String> settings = new HashMap<>();

  DeadMansSwitch(PrintStream out, Path directory) {
    this.out = out;
    this.directory = directory;
    settings.put("TOCSIN_INGEST_SOURCES_SENTINEL_TYPE", "grafana");
    settings.put("TOCSIN_INGEST_SOURCES_SENTINEL_TOKEN", BEATS);
    settings.put("TOCSIN_CONSOLE_API_TOKENS", TOKEN);
    settings.put("TOCSIN_PAGERDUTY_URL", ours.uri().toString());
    settings.put("TOCSIN_PAGERDUTY_ROUTING_KEY", FakePagerDuty.ROUTING_KEY);
    settings.put("TOCSIN_TOPICS_PARTITIONS", "1");
    settings.put("TOCSIN_TOPICS_REPLICAS", "1");
  }

  /**
   * @param rounds in which everything is killed: one process with the broker and all services; 0
   *     for none
   * @param beats that have to be accepted of a process for each of them, one killed now and then; 0
   *     for none
   */
  void measure(int rounds, int beats) {
    try {
      if (rounds > 0) {
        try (Installation together =
            Installation.together(MAIN, subdirectory("together"), settings)) {
          together.start();
          deaths(together, rounds);
        }
      }
      if (beats > 0) {
        try (Installation apart =
            Installation.apart(MAIN, Build.own(), subdirectory("apart"), settings)) {
          apart.start();
          falseAlarms(apart, beats);
        }
      }
    } finally {
      ours.close();
      theirs.close();
    }
  }

  private Path subdirectory(String name) {
    try {
      return Files.createDirectories(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As it is configured by default: a beat every 15 s, paged after 60 s without one. */
  private void deaths(Installation installation, int rounds) {
    List<Double> seconds = new ArrayList<>();
    try (JavaProgram sentinel = sentinel(installation, "deaths", Map.of())) {
      for (int round = 0; round < rounds; round++) {
        int wells = round + 1;
        require(() -> wells(sentinel) >= wells && theirs.openIncidents().isEmpty());
        // Anywhere between two beats.
        Waiting.pause(Duration.ofSeconds(15L * round / rounds));
        long killed = System.nanoTime();
        installation.roles().forEach(Role::kill);
        boolean paged = Waiting.until(() -> !theirs.openIncidents().isEmpty(), PAGED_WITHIN, LOOK);
        double took = (System.nanoTime() - killed) / 1e9;
        out.printf(
            "everything killed: %s%n",
            paged ? "paged after %.1f s".formatted(took) : "NOT paged in " + PAGED_WITHIN);
        seconds.add(paged ? took : Double.POSITIVE_INFINITY);
        if (round + 1 < rounds) {
          installation.start();
        }
      }
    }
    out.printf(
        "everything dead to external page: %.1f to %.1f s in %d rounds; %d pages%n",
        seconds.stream().mapToDouble(d -> d).min().orElse(0),
        seconds.stream().mapToDouble(d -> d).max().orElse(0),
        rounds,
        theirs.incidents().size());
  }

  /** Beats twenty times a second, and the same 60 s of patience. */
  private void falseAlarms(Installation installation, int beats) {
    int pagesBefore = theirs.incidents().size();
    long acceptedBefore = accepted(installation);
    Random random = new Random(1);
    int kills = 0;
    Duration longest = Duration.ZERO;
    long begun = System.nanoTime();
    try (JavaProgram sentinel =
        sentinel(installation, "beats", Map.of("TOCSIN_SENTINEL_EVERY", "50ms"))) {
      while (accepted(installation) - acceptedBefore < beats
          && System.nanoTime() - begun < BEATS_WITHIN.toNanos()) {
        Waiting.pause(BETWEEN_DEATHS);
        List<Role> roles = installation.roles();
        Role role = roles.get(random.nextInt(roles.size()));
        long dead = System.nanoTime();
        role.kill();
        kills++;
        Waiting.pause(Duration.ofMillis(random.nextLong(LONGEST_DEATH.toMillis())));
        role.start();
        if (!role.awaitReady()) {
          throw new IllegalStateException(role.name() + " did not come back");
        }
        Duration away = Duration.ofNanos(System.nanoTime() - dead);
        longest = away.compareTo(longest) > 0 ? away : longest;
        out.printf("%s away for %.1f s%n", role.name(), away.toMillis() / 1e3);
      }
      require(() -> lines(sentinel).getLast().contains(WELL));
    }
    out.printf(
        "%d beats accepted in %.0f s, %d kills, the longest away %.1f s: %d pages%n",
        accepted(installation) - acceptedBefore,
        (System.nanoTime() - begun) / 1e9,
        kills,
        longest.toMillis() / 1e3,
        theirs.incidents().size() - pagesBefore);
  }

  private JavaProgram sentinel(Installation installation, String name, Map<String, String> more) {
    Map<String, String> own = new HashMap<>(more);
    own.put(
        "TOCSIN_SENTINEL_WATCH_URL", installation.console().resolve("/actuator/health").toString());
    own.put(
        "TOCSIN_SENTINEL_INGEST_URL",
        installation.ingest().resolve("/v1/alerts/sentinel").toString());
    own.put("TOCSIN_SENTINEL_INGEST_TOKEN", BEATS);
    own.put("TOCSIN_SENTINEL_PAGERDUTY_URL", theirs.uri().toString());
    own.put("TOCSIN_SENTINEL_ROUTING_KEY", FakePagerDuty.ROUTING_KEY);
    JavaProgram sentinel =
        new JavaProgram(
            "sentinel-" + name,
            List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            List.of(MAIN, "sentinel"),
            directory,
            own);
    sentinel.start();
    return sentinel;
  }

  /** By the program's own books; it needs the console. */
  private long accepted(Installation installation) {
    try {
      String answer =
          installation
              .web()
              .get(
                  installation.console().resolve("/v1/accounting"),
                  "Authorization",
                  "Bearer " + TOKEN)
              .body();
      JsonNode books = json.readTree(answer);
      return books.path("accepted").asLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often it found that all is well after it was not. */
  private static long wells(JavaProgram sentinel) {
    return lines(sentinel).stream().filter(line -> line.contains(WELL)).count();
  }

  private static List<String> lines(JavaProgram program) {
    try {
      return Files.readAllLines(program.log().toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void require(BooleanSupplier condition) {
    if (!Waiting.until(condition, WELL_WITHIN, LOOK)) {
      throw new IllegalStateException("not well within " + WELL_WITHIN);
    }
  }
}
