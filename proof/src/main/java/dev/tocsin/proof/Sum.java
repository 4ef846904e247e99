// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import dev.tocsin.schemas.topic.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the reports of several runs show together. Runs of one schedule and different dates count
 * each; a report that is there twice counts once.
 */
record Sum(long runs, long kills, long incidents, long lost, long doubled, long other) {

  private static final String REPORT = "report.json";

  /** Adds up what is below a directory, and says it. Whether all of it was clean. */
  static boolean of(Path directory, PrintStream out) {
    Set<String> seen = new HashSet<>();
    Sum sum = new Sum(0, 0, 0, 0, 0, 0);
    for (Path file : reports(directory)) {
      JsonNode report = read(file);
      if (seen.add(report.path("at").asString(""))) {
        sum = sum.plus(report);
        out.printf(
            "%5d kills  %7d incidents  %d lost  %d doubled  %d otherwise  %s%n",
            report.path("kills").asLong(0),
            report.path("incidents").asLong(0),
            report.path("lost").asLong(0),
            report.path("doubled").asLong(0),
            report.path("other").asLong(0),
            report.path("command").asString(file.toString()));
      }
    }
    out.println(sum.inWords());
    return sum.isClean();
  }

  private static List<Path> reports(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return new ArrayList<>(
          files.filter(file -> file.getFileName().toString().endsWith(REPORT)).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return Json.MAPPER.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Sum plus(JsonNode report) {
    return new Sum(
        runs + 1,
        kills + report.path("kills").asLong(0),
        incidents + report.path("incidents").asLong(0),
        lost + report.path("lost").asLong(0),
        doubled + report.path("doubled").asLong(0),
        other + report.path("other").asLong(0));
  }

  boolean isClean() {
    return runs > 0 && lost + doubled + other == 0;
  }

  String inWords() {
    String counts =
        "%d runs: %d kills, %d incidents, %d lost, %d doubled, %d otherwise wrong"
            .formatted(runs, kills, incidents, lost, doubled, other);
    return isClean() && kills > 3
        ? "%s: fewer than %.2f %% of kills lose or double anything (95 %%, rule of three)"
            .formatted(counts, 300.0 / kills)
        : counts;
  }
}
