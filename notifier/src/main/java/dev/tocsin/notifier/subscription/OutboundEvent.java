// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.topic.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as subscribers hear of it.
 *
 * @param id made from content: the same happening has the same id after a replay
 * @param type for example {@code dev.tocsin.incident.opened}
 * @param subject the incident's id, or what else it is about
 * @param order events of equal order reach a subscriber one after the other
 * @param scope what filters look at; null when nothing is known, which passes no filter
 * @param notTo the subscription that is not told; null when all may be
 */
record OutboundEvent(
    String id,
    String type,
    String subject,
    String order,
    int epoch,
    Instant time,
    @Nullable Scope scope,
    @Nullable String notTo,
    Map<String, Object> content) {

  /** Characters; more than subscribers can be expected to take. */
  private static final int LONGEST = 200_000;

  /** What a filter looks at. */
  record Scope(Severity severity, Map<String, String> labels) {

    static @Nullable Scope of(@Nullable IncidentBrief incident) {
      return incident == null ? null : new Scope(incident.severity(), incident.labels());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record CloudEvent(
      String specversion,
      String id,
      String source,
      String type,
      String subject,
      Instant time,
      String datacontenttype,
      Map<String, Object> data) {}

  /**
   * CloudEvents 1.0 in structured mode. What is too long to be sent is left out, and it says so.
   */
  String toJson() {
    String json = toJson(content);
    return json.length() <= LONGEST
        ? json
        : toJson(Map.of("subject", subject, "leftOut", "too long to be sent: ask the API"));
  }

  private String toJson(Map<String, Object> content) {
    return Json.MAPPER.writeValueAsString(
        new CloudEvent(
            "1.0",
            id,
            "/tocsin",
            type,
            subject,
            time,
            "application/json",
            new LinkedHashMap<>(content)));
  }
}
