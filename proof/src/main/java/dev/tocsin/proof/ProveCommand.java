// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import dev.tocsin.testkit.jira.FakeJira;
import dev.tocsin.testkit.pagerduty.FakePagerDuty;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * {@code ./tocsin prove [--kills N] [--seed S] [--rate R]}: kills and restarts the program under
 * traffic, and judges.
 */
public final class ProveCommand {

  private static final String TOKEN = "proof-token-0123456789";
  private static final Duration QUIET_WITHIN = Duration.ofSeconds(180);

  private ProveCommand() {}

  /**
   * @param mainClass the program's
   * @return 0 when nothing was lost or doubled, 1 when something was, 2 when the arguments are
   *     wrong
   */
  public static int run(List<String> arguments, String mainClass, PrintStream out) {
    Map<String, Long> options = new HashMap<>(Map.of("--kills", 20L, "--seed", 1L, "--rate", 10L));
    for (int i = 0; i < arguments.size(); i += 2) {
      if (!options.containsKey(arguments.get(i))
          || i + 1 == arguments.size()
          || !arguments.get(i + 1).matches("\\d{1,9}")) {
        out.println(
            "tocsin: prove takes --kills N, --seed S and --rate R (alerts a second), each with a number");
        return 2;
      }
      options.put(arguments.get(i), Long.parseLong(arguments.get(i + 1)));
    }
    int kills = Math.toIntExact(options.getOrDefault("--kills", 0L));
    int rate = Math.clamp(options.getOrDefault("--rate", 1L), 1, 1000);
    Verdict verdict = prove(kills, options.getOrDefault("--seed", 1L), rate, mainClass, out);
    verdict.lines().forEach(out::println);
    return verdict.isClean() ? 0 : 1;
  }

  private static Verdict prove(int kills, long seed, int rate, String mainClass, PrintStream out) {
    Path directory = scratch();
    try (FakePagerDuty pagerDuty = FakePagerDuty.start();
        FakeJira jira = FakeJira.start();
        Program program = new Program(mainClass, directory, settings(pagerDuty, jira))) {
      out.printf("kept in %s%n", directory);
      Duration first = program.start();
      out.printf("ready after %.1f s%n", first.toMillis() / 1000.0);
      Traffic traffic = new Traffic(program, TOKEN, rate, InstantSource.system());
      Thread sender = Thread.ofVirtual().start(traffic);
      List<Duration> restarts = kill(program, pagerDuty, kills, new SplittableRandom(seed), out);
      traffic.enough();
      join(sender);
      Oracle oracle = new Oracle(pagerDuty, jira);
      awaitQuiet(oracle, traffic);
      return new Verdict(
          seed,
          kills,
          traffic.fired().size(),
          traffic.resolved().size(),
          oracle.lost(traffic.fired()),
          oracle.doubled(),
          oracle.leftOpen(traffic.resolved()),
          accounting(program),
          restarts,
          oracle.pagesSent());
    }
  }

  private static List<Duration> kill(
      Program program,
      FakePagerDuty pagerDuty,
      int kills,
      SplittableRandom random,
      PrintStream out) {
    List<Duration> restarts = new ArrayList<>();
    for (int i = 1; i <= kills; i++) {
      waitForInstant(pagerDuty, random);
      program.kill();
      Duration restart = program.start();
      restarts.add(restart);
      out.printf(
          "kill %d of %d, ready again after %.1f s%n", i, kills, restart.toMillis() / 1000.0);
    }
    Program.pause(Duration.ofSeconds(2));
    return restarts;
  }

  /**
   * Half of the instants are anywhere; half are just after a page was asked for, where the windows
   * are a few ms wide.
   */
  private static void waitForInstant(FakePagerDuty pagerDuty, SplittableRandom random) {
    Program.pause(Duration.ofMillis(random.nextLong(200, 4000)));
    if (random.nextBoolean()) {
      int seen = pagerDuty.requests().size();
      for (int i = 0; i < 2000 && pagerDuty.requests().size() == seen; i++) {
        Program.pause(Duration.ofMillis(1));
      }
      Program.pause(Duration.ofMillis(random.nextLong(0, 300)));
    }
  }

  private static void awaitQuiet(Oracle oracle, Traffic traffic) {
    long end = System.nanoTime() + QUIET_WITHIN.toNanos();
    while (System.nanoTime() < end
        && !(oracle.lost(traffic.fired()).isEmpty()
            && oracle.leftOpen(traffic.resolved()).isEmpty())) {
      Program.pause(Duration.ofMillis(500));
    }
  }

  private static List<String> accounting(Program program) {
    try {
      String body =
          program
              .get(program.console().resolve("/v1/accounting"), "Authorization", "Bearer " + TOKEN)
              .body();
      return body.contains("\"unexplained\":0")
          ? List.of()
          : List.of("the accounting does not close: " + body);
    } catch (IOException e) {
      return List.of("the accounting cannot be read: " + e.getMessage());
    }
  }

  private static Map<String, String> settings(FakePagerDuty pagerDuty, FakeJira jira) {
    Map<String, String> settings = new HashMap<>();
    settings.put("TOCSIN_INGEST_SOURCES_GRAFANA_TOKEN", TOKEN);
    settings.put("TOCSIN_CONSOLE_API_TOKENS", TOKEN);
    settings.put("TOCSIN_PAGERDUTY_URL", pagerDuty.uri().toString());
    settings.put("TOCSIN_PAGERDUTY_ROUTING_KEY", FakePagerDuty.ROUTING_KEY);
    settings.put("TOCSIN_PAGERDUTY_RATE_PER_MINUTE", "0");
    settings.put("TOCSIN_JIRA_URL", jira.uri().toString());
    settings.put("TOCSIN_JIRA_EMAIL", FakeJira.EMAIL);
    settings.put("TOCSIN_JIRA_API_TOKEN", FakeJira.API_TOKEN);
    settings.put("TOCSIN_JIRA_PROJECT", FakeJira.PROJECT);
    settings.put("TOCSIN_DETECTION_STORM_ENABLED", "false");
    return settings;
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("tocsin-prove");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void join(Thread sender) {
    try {
      sender.join(QUIET_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
