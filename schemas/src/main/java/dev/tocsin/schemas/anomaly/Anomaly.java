// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.anomaly;

import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;
import java.util.Map;

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
 */
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
    String explanation) {

  /** Whether the series is off its band now. */
  public enum Status {
    OFF_BAND,
    BACK
  }
}
