// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts and stops everything once, so that the JDK's ahead-of-time cache learns what a start
 * needs.
 */
final class TrainCommand {

  private TrainCommand() {}

  static int run(List<String> words) {
    if (words.size() != 1) {
      throw new StartRefused(
          "train takes one directory, for the time it takes: was " + String.join(" ", words));
    }
    Path scratch = Path.of(words.getFirst());
    try (Everything everything =
        Everything.start(
            scratch, "", Map.of("tocsin.ingest.port", "0", "tocsin.console.port", "0"))) {
      return everything.report().isEmpty() ? 1 : 0;
    }
  }
}
