// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the histories say after the last restart. */
record Verdict(
    long seed,
    int kills,
    int incidents,
    int resolutions,
    List<String> lost,
    List<String> doubled,
    List<String> leftOpen,
    List<String> other,
    List<Duration> restarts,
    int pagesSent) {

  boolean isClean() {
    return lost.isEmpty() && doubled.isEmpty() && leftOpen.isEmpty() && other.isEmpty();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "seed %d: %d kills, %d incidents, %d resolutions"
            .formatted(seed, kills, incidents, resolutions));
    lines.add("restart to ready: " + spread());
    lines.add("page requests %d for %d incidents".formatted(pagesSent, incidents));
    add(lines, "lost", lost);
    add(lines, "doubled", doubled);
    add(lines, "left open", leftOpen);
    add(lines, "other", other);
    if (isClean()) {
      lines.add(
          "nothing lost, nothing doubled; with %d kills that bounds the rate below %.1f %% per kill (95 %%, rule of three)"
              .formatted(kills, kills == 0 ? 100.0 : 300.0 / kills));
    }
    return lines;
  }

  private String spread() {
    if (restarts.isEmpty()) {
      return "none";
    }
    List<Duration> sorted = restarts.stream().sorted().toList();
    return "min %.1f s, median %.1f s, max %.1f s"
        .formatted(
            seconds(sorted.getFirst()),
            seconds(sorted.get(sorted.size() / 2)),
            seconds(sorted.getLast()));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private static void add(List<String> lines, String what, List<String> findings) {
    lines.add("%s: %d".formatted(what, findings.size()));
    findings.stream().limit(20).forEach(finding -> lines.add("  " + finding));
  }
}
