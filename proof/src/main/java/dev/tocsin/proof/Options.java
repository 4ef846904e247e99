// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
record Options(
    int kills,
    long seed,
    int minutes,
    int rate,
    int receivers,
    int pace,
    boolean together,
    boolean brisk,
    Scenario scenario,
    int simulate,
    @Nullable Path addUp,
    @Nullable Path from,
    @Nullable Path schedule,
    @Nullable Path shrink,
    @Nullable Path out) {

  static final String USAGE =
      """
      tocsin prove [--kills N] [--seed S] [--minutes M] [--rate R] [--receivers N] [--brisk] [--all-in-one] [--out DIR]
      tocsin prove --scenario NAME     failpoints, kafka-away, pagerduty-away, state-lost, clock-steps,
                                       disk-full, brokers, upgrade --from DIR: see docs/proof
      tocsin prove --schedule FILE     the faults of an earlier run again
      tocsin prove --shrink FILE       the fewest of its faults with which something still goes wrong
      tocsin prove --simulate SEEDS    the lanes in virtual time, without processes
      tocsin prove --add-up DIR        what all reports in a directory show together

        --kills N      kill -9 and restart a role so often (20)
        --seed S       equal seeds make equal schedules (1)
        --minutes M    no fault after so many minutes (600); in a scenario, how long somebody is away (5)
        --rate R       new incidents a second (2)
        --receivers N  subscribers with signed webhooks (3)
        --pace P       calls to PagerDuty a minute (0: no pace; pagerduty-away has 110)
        --brisk        pauses and freezes are a quarter as long
        --all-in-one   one process instead of a broker and six services
        --from DIR     the checkout whose build runs at first, and is replaced role by role
        --out DIR      where the run is kept (a temporary directory)
      """;

  private static final Map<String, Integer> NUMBERS =
      Map.of(
          "--kills", 20, "--seed", 1, "--rate", 2, "--receivers", 3, "--pace", 0, "--simulate", 0);
  private static final int MINUTES_OF_KILLS = 600;
  private static final int MINUTES_AWAY = 5;
  private static final String MINUTES = "--minutes";
  private static final Set<String> FILES =
      Set.of("--schedule", "--shrink", "--out", "--add-up", "--from");

  /** Throws an {@code IllegalArgumentException} that says what is wrong. */
  static Options parse(List<String> arguments) {
    Map<String, Long> numbers = new HashMap<>();
    NUMBERS.forEach((name, value) -> numbers.put(name, (long) value));
    Map<String, Path> files = new HashMap<>();
    boolean together = false;
    boolean brisk = false;
    Scenario scenario = Scenario.KILLS;
    List<String> left = new ArrayList<>(arguments);
    while (!left.isEmpty()) {
      String name = left.removeFirst();
      if (name.equals("--all-in-one")) {
        together = true;
      } else if (name.equals("--brisk")) {
        brisk = true;
      } else if (name.equals("--scenario")) {
        scenario = Scenario.named(value(name, left));
      } else if (name.equals(MINUTES) || NUMBERS.containsKey(name)) {
        numbers.put(name, number(name, value(name, left)));
      } else if (FILES.contains(name)) {
        files.put(name, Path.of(value(name, left)));
      } else {
        throw new IllegalArgumentException("prove knows no " + name);
      }
    }
    numbers.putIfAbsent(
        MINUTES, scenario == Scenario.KILLS ? (long) MINUTES_OF_KILLS : MINUTES_AWAY);
    return new Options(
        (int) within(numbers, "--kills", 0, 100_000),
        within(numbers, "--seed", 0, Integer.MAX_VALUE),
        (int) within(numbers, MINUTES, 1, 10_000),
        (int) within(numbers, "--rate", 1, 100),
        (int) within(numbers, "--receivers", 0, 200),
        (int) within(numbers, "--pace", 0, 100_000),
        together,
        brisk,
        scenario,
        (int) within(numbers, "--simulate", 0, 1_000_000),
        files.get("--add-up"),
        files.get("--from"),
        files.get("--schedule"),
        files.get("--shrink"),
        files.get("--out"));
  }

  private static String value(String name, List<String> left) {
    if (left.isEmpty()) {
      throw new IllegalArgumentException(name + " needs a value");
    }
    return left.removeFirst();
  }

  private static long number(String name, String text) {
    if (!text.matches("\\d{1,9}")) {
      throw new IllegalArgumentException("%s should be a number: was %s".formatted(name, text));
    }
    return Long.parseLong(text);
  }

  private static long within(Map<String, Long> numbers, String name, long least, long most) {
    long number = numbers.getOrDefault(name, least);
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          "%s should be between %d and %d: was %d".formatted(name, least, most, number));
    }
    return number;
  }
}
