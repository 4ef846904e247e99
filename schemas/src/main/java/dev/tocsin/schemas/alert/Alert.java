// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.alert;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One condition as a source reported it, once.
 *
 * @param id the receipt and the alert's place in it: two reports of one condition have two ids
 * @param receipt what the sender was given for the whole message
 * @param source the name of the source, as configured: the last part of the path it posts to
 * @param org the sender's organisation; empty when it has none
 * @param fingerprint the identity of the condition within source and org
 * @param title a line for people
 * @param startsAt when the condition began: with the fingerprint, the identity of an episode. Equal
 *     to {@code receivedAt} when the source did not say, and then it identifies nothing
 * @param endsAt when it ended; null while firing and when the source did not say
 * @param receivedAt when ingest had the message
 * @param group the alert group it belongs to: the key of its record
 * @param groupLabels the labels that make the group, for people
 * @param stateReason why the source changed its mind, in its words (Grafana: Updated, Paused,
 *     NoData, ...)
 * @param values the values the source evaluated, by its names for them
 * @param truncated how many alerts of the same message the sender left out
 * @param raw this alert's own JSON, as sent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Alert(
    String id,
    String receipt,
    String source,
    String org,
    String fingerprint,
    AlertKind kind,
    AlertStatus status,
    Severity severity,
    String title,
    Map<String, String> labels,
    Map<String, String> annotations,
    Instant startsAt,
    @Nullable Instant endsAt,
    Instant receivedAt,
    String group,
    Map<String, String> groupLabels,
    @Nullable String stateReason,
    Map<String, Double> values,
    Links links,
    int truncated,
    String raw) {

  /** The same, in another group. */
  public Alert inGroup(String other) {
    return new Alert(
        id,
        receipt,
        source,
        org,
        fingerprint,
        kind,
        status,
        severity,
        title,
        labels,
        annotations,
        startsAt,
        endsAt,
        receivedAt,
        other,
        groupLabels,
        stateReason,
        values,
        links,
        truncated,
        raw);
  }

  @JsonIgnore
  public boolean isFiring() {
    return status == AlertStatus.FIRING;
  }
}
