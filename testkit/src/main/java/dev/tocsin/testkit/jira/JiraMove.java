// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.jira;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** A change of an issue's status, as its changelog keeps it. */
public record JiraMove(JiraStatus to, String by, Instant at) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX");

  Map<String, Object> json() {
    return Map.of(
        "author", Map.of("displayName", by),
        "created", shown(at),
        "items", List.of(Map.of("field", "status", "toString", to.json().get("name"))));
  }

  /** With an offset that has no colon. */
  static String shown(Instant time) {
    return TIME.format(time.atOffset(ZoneOffset.ofHours(1)));
  }
}
