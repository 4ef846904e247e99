// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.time.Instant;
import java.util.Locale;

/** What the detector says of one sample. */
public sealed interface Judgement {

  /** It says nothing: the sample cannot be used. */
  record Skipped(Reason reason) implements Judgement {}

  /** The series is too short to say anything. */
  record Learning(int samples, int needed) implements Judgement {}

  /**
   * The sample against the band that the samples before it made.
   *
   * @param score one minus the chance that an ordinary sample is as far off, before any threshold
   * @param deviation how far off, in scales of the series, with its sign
   * @param startedAt when the series left its band, where {@code turn} says that it did or came
   *     back
   */
  record Judged(
      double value,
      double expected,
      double low,
      double high,
      double deviation,
      double score,
      Turn turn,
      Instant startedAt)
      implements Judgement {

    /** The same in a sentence. */
    public String explanation() {
      if (turn == Turn.BACK) {
        return "back in its band: %s, expected %s to %s"
            .formatted(number(value), number(low), number(high));
      }
      return "%s is %s scales %s what was expected (%s, band %s to %s); about one sample in %s is as far off"
          .formatted(
              number(value),
              number(Math.abs(deviation)),
              deviation >= 0 ? "above" : "below",
              number(expected),
              number(low),
              number(high),
              score >= 1 - 1e-6 ? "a million" : Long.toString(Math.round(1 / (1 - score))));
    }

    private static String number(double value) {
      double size = Math.abs(value);
      if (size != 0 && (size >= 1e9 || size < 1e-3)) {
        return String.format(Locale.ROOT, "%.3g", value);
      }
      String plain = String.format(Locale.ROOT, size >= 1_000 ? "%.0f" : "%.3f", value);
      return plain.contains(".") ? plain.replaceAll("0+$", "").replaceAll("\\.$", "") : plain;
    }
  }

  /** What changed with this sample. */
  enum Turn {
    NONE,
    /** It left its band: said once. */
    OFF_BAND,
    BACK
  }

  /** Why a sample cannot be used. Few and fixed, since each is a metric label. */
  enum Reason {
    NOT_A_NUMBER,
    /** Its time is not after that of the one before. */
    LATE
  }
}
