// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import java.time.Duration;

/** A time as people write it: {@code 10m}, {@code 1h 30m}. */
final class Words {

  private Words() {}

  static String of(Duration time) {
    StringBuilder words = new StringBuilder();
    append(words, time.toHours(), "h");
    append(words, time.toMinutesPart(), "m");
    append(words, time.toSecondsPart(), "s");
    return words.isEmpty() ? "0s" : words.toString();
  }

  private static void append(StringBuilder words, long amount, String unit) {
    if (amount > 0) {
      words.append(words.isEmpty() ? "" : " ").append(amount).append(unit);
    }
  }
}
