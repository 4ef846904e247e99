// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.anomaly;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A series that left the band it was expected in, or came back to it.
 *
 * @param id the series and the time of the sample that began it: one id per episode
 * @param series the identity of the series
 * @param name what is measured
 * @param at the time of the sample this report is about
 * @param low lower edge of the band
 * @param high upper edge of the band
 * @param deviation how far off, in units of the series' own scale; the sign says which way
 * @param score how surprising, from 0 (as ever) to 1 (never seen)
 * @param group the alert group its labels belong to
 * @param explanation the same in a sentence
 * @param aspect what of it stands out; null in records of before there was this
 * @param surprise how rare that is: one sample in 10 to the power of it
 * @param lastSeen when the series was last as far off; null when never
 * @param forPeople whether it is far, long and bad enough to wake somebody, and not only rare; null
 *     in records of before there was this
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Anomaly(
    String id,
    String series,
    String name,
    Map<String, String> labels,
    Status status,
    Severity severity,
    Instant startedAt,
    Instant at,
    double value,
    double expected,
    double low,
    double high,
    double deviation,
    double score,
    String group,
    Map<String, String> groupLabels,
    String explanation,
    @Nullable Aspect aspect,
    @Nullable Double surprise,
    @Nullable Instant lastSeen,
    @Nullable Boolean forPeople) {

  /** What of a series stands out. */
  public enum Aspect {
    LEVEL,
    JUMP,
    /** It stays where it seldom is. */
    SUSTAINED,
    VOLATILITY,
    UNUSUAL_HOUR,
    UNFAMILIAR_SHAPE,
    /** Nothing yet: its limit will be reached within days, by its forecast. */
    EXHAUSTION,
    /** It is nearly at its limit, and will reach it within hours. */
    SATURATION
  }

  /** Whether the series is off its band now. */
  public enum Status {
    OFF_BAND,
    BACK
  }
}
