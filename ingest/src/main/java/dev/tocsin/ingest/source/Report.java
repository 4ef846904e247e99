// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source;

import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One alert as its source tells it, before it has a receipt and a group.
 *
 * @param fingerprint the sender's; null when it gave none, and then the labels decide
 * @param startsAt null when the sender did not say, or said something that is no time
 * @param groupKey the sender's own grouping; null when it has none
 * @param groupLabels the labels of the sender's own grouping
 * @param notes what is odd about it, for people
 */
public record Report(
    String org,
    @Nullable String fingerprint,
    AlertKind kind,
    AlertStatus status,
    Severity severity,
    String title,
    Map<String, String> labels,
    Map<String, String> annotations,
    @Nullable Instant startsAt,
    @Nullable Instant endsAt,
    @Nullable String groupKey,
    Map<String, String> groupLabels,
    @Nullable String stateReason,
    Map<String, Double> values,
    Links links,
    int truncated,
    String raw,
    List<String> notes) {}
