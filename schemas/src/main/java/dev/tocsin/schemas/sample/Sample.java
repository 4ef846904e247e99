// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.sample;

import java.time.Instant;
import java.util.Map;

/**
 * One value of a metric at a time.
 *
 * @param series the identity of the series: its name and sorted labels
 * @param name what is measured, in the words of whoever configured or sent it
 * @param origin where the value comes from: {@code prometheus}, or {@code alert/<source>}
 */
public record Sample(
    String series,
    String name,
    Map<String, String> labels,
    Instant at,
    double value,
    String origin) {}
