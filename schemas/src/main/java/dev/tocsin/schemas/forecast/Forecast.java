// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.forecast;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is foreseen of a resource, once a day; the latest counts. Days are days after {@code at}.
 *
 * @param series the identity of the series that says how full the resource is
 * @param name what is measured
 * @param at the end of the latest day that is known
 * @param value that day's
 * @param limit at which the resource is exhausted
 * @param status what it means for people
 * @param slope expected growth a day; null while the series is learnt
 * @param error how far off the level two weeks ahead was in the past
 * @param day by which the chance of exhaustion is one half; null beyond 90 days
 * @param earliest by which it is one in ten; null when it is less within 90 days
 * @param latest by which it is nine in ten; null beyond 90 days
 * @param within3 the chance of exhaustion within 3 days
 * @param within14 within 14 days
 * @param within90 within 90 days
 * @param group the alert group its labels belong to
 * @param explanation the same in a sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Forecast(
    String series,
    String name,
    Map<String, String> labels,
    Instant at,
    double value,
    double limit,
    Status status,
    @Nullable Double slope,
    @Nullable Double error,
    @Nullable Double day,
    @Nullable Double earliest,
    @Nullable Double latest,
    @Nullable Double within3,
    @Nullable Double within14,
    @Nullable Double within90,
    String group,
    String explanation) {

  /** What a forecast means for people. */
  public enum Status {
    /** There are too few days to say anything. */
    LEARNING,
    /** Nothing that anybody has to do. */
    CALM,
    /** Exhaustion within two weeks became likely today. */
    LIKELY,
    /** It was so two days running: an incident. */
    EXPECTED,
    /** Exhaustion within three days is nearly sure: somebody is paged. */
    IMMINENT
  }
}
