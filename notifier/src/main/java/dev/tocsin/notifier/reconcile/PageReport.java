// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.notifier.channel.text.PlainText;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One incident as PagerDuty shows it.
 *
 * @param dedupKey null where PagerDuty keeps the key on the alert below the incident
 * @param by who brought it there, as far as PagerDuty says
 * @param mergedInto the incident it goes on in; null unless it was merged
 * @param reopenedAt when a person last opened it again, as far as PagerDuty says; null when nobody
 *     did
 */
record PageReport(
    String id,
    @Nullable String dedupKey,
    Status status,
    String createdAt,
    String by,
    @Nullable String mergedInto,
    @Nullable Instant reopenedAt) {

  /** PagerDuty's three. */
  enum Status {
    TRIGGERED,
    ACKNOWLEDGED,
    RESOLVED
  }

  private static final String NOBODY_NAMED = "somebody";
  private static final int LONGEST_NAME = 200;

  /** Empty when it is nothing that we know how to read. */
  static Optional<PageReport> read(JsonNode incident) {
    Status status =
        switch (text(incident.path("status"))) {
          case "triggered" -> Status.TRIGGERED;
          case "acknowledged" -> Status.ACKNOWLEDGED;
          case "resolved" -> Status.RESOLVED;
          default -> null;
        };
    String id = text(incident.path("id"));
    if (status == null || id.isEmpty()) {
      return Optional.empty();
    }
    String key = text(incident.path("incident_key"));
    return Optional.of(
        new PageReport(
            id,
            key.isEmpty() ? null : key,
            status,
            text(incident.path("created_at")),
            who(incident, status),
            mergedInto(incident.path("resolve_reason")),
            reopenedAt(incident, status)));
  }

  boolean isOpen() {
    return status != Status.RESOLVED;
  }

  /** Of two incidents of one dedup key the open one counts, else the later. */
  PageReport orBetter(PageReport other) {
    boolean isOver = status == Status.RESOLVED;
    if (isOver != (other.status == Status.RESOLVED)) {
      return isOver ? other : this;
    }
    return other.createdAt.compareTo(createdAt) > 0 ? other : this;
  }

  private static @Nullable String mergedInto(JsonNode reason) {
    if (!text(reason.path("type")).startsWith("merge")) {
      return null;
    }
    String title = name(reason.path("incident"));
    return title.isEmpty() ? text(reason.path("incident").path("id")) : title;
  }

  /**
   * Not every account shows {@code reopened_at}. But what a person last brought to triggered was
   * open before in no other way than that it was opened again.
   */
  private static @Nullable Instant reopenedAt(JsonNode incident, Status status) {
    Instant said = time(incident.path("reopened_at"));
    boolean byPerson = text(incident.path("last_status_change_by").path("type")).startsWith("user");
    return said == null && status == Status.TRIGGERED && byPerson
        ? time(incident.path("last_status_change_at"))
        : said;
  }

  private static @Nullable Instant time(JsonNode node) {
    try {
      return OffsetDateTime.parse(text(node)).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static String who(JsonNode incident, Status status) {
    String changedBy = name(incident.path("last_status_change_by"));
    // Whoever acknowledged or was assigned need not be who resolved.
    Stream<String> names =
        status == Status.RESOLVED
            ? Stream.of(changedBy)
            : Stream.of(
                name(last(incident.path("acknowledgements")).path("acknowledger")),
                changedBy,
                name(last(incident.path("assignments")).path("assignee")));
    return names.filter(name -> !name.isEmpty()).findFirst().orElse(NOBODY_NAMED);
  }

  private static JsonNode last(JsonNode list) {
    return list.path(list.size() - 1);
  }

  private static String name(JsonNode reference) {
    return PlainText.cut(PlainText.line(text(reference.path("summary"))), LONGEST_NAME);
  }

  private static String text(JsonNode node) {
    return node.asString("");
  }
}
