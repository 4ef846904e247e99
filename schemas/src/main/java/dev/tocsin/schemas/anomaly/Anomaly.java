// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.anomaly;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A series that left the band it was expected in, or came back to it; or the same of the flow of
 * alerts, whose series are counts, times and shares of ours.
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
 * @param kind what is unusual; null in records of before there were other kinds than metrics
 * @param alongside other series of the group that moved within ten minutes of it, the nearest
 *     first; null where nobody looked, or found any
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
    @Nullable Boolean forPeople,
    @Nullable Kind kind,
    @Nullable List<Alongside> alongside) {

  /**
   * Another series that left its band at about the same time.
   *
   * @param deviation how far off, in units of its own scale; the sign says which way
   */
  public record Alongside(String series, String name, Instant startedAt, double deviation) {}

  /** The same, told with the series that moved alongside. */
  public Anomaly with(List<Alongside> alongside, String explanation) {
    return new Anomaly(
        id,
        series,
        name,
        labels,
        status,
        severity,
        startedAt,
        at,
        value,
        expected,
        low,
        high,
        deviation,
        score,
        group,
        groupLabels,
        explanation,
        aspect,
        surprise,
        lastSeen,
        forPeople,
        kind,
        List.copyOf(alongside));
  }

  /** What is unusual: a metric, or something about the alerts that come. */
  public enum Kind {
    METRIC,
    /** Far more alerts than ever at this hour. */
    STORM,
    /** More or fewer alerts, for a long time and not by much. */
    RATE_SHIFT,
    /** An alert fires and resolves far more often than it does. */
    FLAPPING,
    /** An alert that was never heard of, where new ones are rare. */
    NEVER_SEEN,
    /** An alert comes back that had been silent for much longer than it is. */
    LONG_SILENT,
    /** Nothing came from where something comes regularly. */
    MISSING_HEARTBEAT,
    /** Other alerts than usual. */
    MIX_CHANGE,
    /** An alert fires for much longer than it does. */
    STUCK_FIRING,
    /** A larger share of the alerts is critical. */
    SEVERITY_INFLATION
  }

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
