// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.report;

import java.util.List;

/** How a set of times is spread, in milliseconds; all 0 when there are none. */
public record Spread(int count, long min, long median, long p99, long max) {

  static Spread of(List<Long> millis) {
    if (millis.isEmpty()) {
      return new Spread(0, 0, 0, 0, 0);
    }
    List<Long> sorted = millis.stream().sorted().toList();
    return new Spread(
        sorted.size(), sorted.getFirst(), at(sorted, 0.5), at(sorted, 0.99), sorted.getLast());
  }

  /** The nearest rank: a value that was measured. */
  private static long at(List<Long> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  String inMillis() {
    return count == 0
        ? "none"
        : "min %d  median %d  p99 %d  max %d ms  (%d)".formatted(min, median, p99, max, count);
  }

  String inSeconds() {
    return count == 0
        ? "none"
        : "min %.1f  median %.1f  p99 %.1f  max %.1f s  (%d)"
            .formatted(min / 1000.0, median / 1000.0, p99 / 1000.0, max / 1000.0, count);
  }
}
