// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.sample;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value of a metric at a time.
 *
 * @param series the identity of the series: its name and sorted labels
 * @param name what is measured, in the words of whoever configured or sent it
 * @param origin where the value comes from: {@code prometheus}, {@code push/<source>} or {@code
 *     alert/<source>}
 * @param group the alert group it is known to belong to; null when its labels have to say
 * @param kind what kind of thing it measures; null is a gauge
 * @param limit at which what it measures is exhausted; null when nobody said so
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sample(
    String series,
    String name,
    Map<String, String> labels,
    Instant at,
    double value,
    String origin,
    @Nullable String group,
    @Nullable SeriesKind kind,
    @Nullable Double limit) {}
