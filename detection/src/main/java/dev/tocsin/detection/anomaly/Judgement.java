// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import dev.tocsin.schemas.anomaly.Anomaly.Aspect;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the detector says of one sample. */
public sealed interface Judgement {

  /** It says nothing: the sample cannot be used. */
  record Skipped(Reason reason) implements Judgement {}

  /** It says nothing yet: the sample is part of a minute that is not over, or a counter's first. */
  record Gathered() implements Judgement {}

  /** The series is too short to say anything. */
  record Learning(int samples, int needed) implements Judgement {}

  /**
   * The sample, or the mean of a minute, against the band that those before it made.
   *
   * @param at the time of it
   * @param value what was judged: for a counter, its growth a second
   * @param deviation how far off what was expected, in scales of the series, with its sign
   * @param score how much it stands out, in [0, 1], before any threshold
   * @param startedAt when the series left its band, where {@code turn} says that it did or came
   *     back
   * @param forPeople whether the episode is one to be woken for, and not only rare
   * @param young whether the series is still being learnt
   */
  record Judged(
      Instant at,
      double value,
      Band band,
      double deviation,
      double score,
      Rarity rarity,
      Turn turn,
      Instant startedAt,
      boolean forPeople,
      boolean young)
      implements Judgement {

    /** The same in a sentence. */
    public String explanation() {
      return Explanation.of(this);
    }
  }

  /** Where the value was expected: outside of it is one sample in a hundred. */
  record Band(double expected, double low, double high) {}

  /**
   * @param surprise how many tenfold rarer than every sample: 3 is one in 1,000
   * @param aspect what of it is that rare
   * @param lastSeen when the series was last as far off, on that side; null when never
   */
  record Rarity(double surprise, Aspect aspect, @Nullable Instant lastSeen) {}

  /** What changed with this sample. */
  enum Turn {
    NONE,
    /** It left its band: said once. */
    OFF_BAND,
    /** It is off its band, and now much more than when that was said. */
    FARTHER,
    /** It is off its band so far and so long that people should know. */
    FOR_PEOPLE,
    BACK;

    /** Whether something is to be reported, and not that it is over. */
    public boolean isAlarm() {
      return this == OFF_BAND || this == FARTHER;
    }
  }

  /** Why a sample cannot be used. Few and fixed, since each is a metric label. */
  enum Reason {
    NOT_A_NUMBER,
    /** Its time is before that of the one before. */
    LATE,
    /** There was one of that time. */
    DUPLICATE
  }
}
