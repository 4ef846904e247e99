// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import java.nio.file.Path;
import java.util.Map;

/**
 * Starts and stops everything once, so that the JDK's ahead-of-time cache learns what a start
 * needs.
 */
final class TrainCommand {

  private TrainCommand() {}

  static int run(Path scratch) {
    try (Everything everything =
        Everything.start(
            scratch, "", Map.of("tocsin.ingest.port", "0", "tocsin.console.port", "0"))) {
      return everything.report().isEmpty() ? 1 : 0;
    }
  }
}
