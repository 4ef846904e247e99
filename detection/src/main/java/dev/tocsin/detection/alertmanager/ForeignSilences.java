// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.alertmanager;

import dev.tocsin.schemas.hold.HoldFault;
import dev.tocsin.schemas.hold.SilenceRule;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What an Alertmanager says of its silences ({@code GET /api/v2/silences}), as silences of ours.
 *
 * @param silences those that are in force or will be, by id
 * @param refused those that mean nothing here, by their id there, with the reason
 */
record ForeignSilences(Map<String, Setting.Silence> silences, Map<String, String> refused) {

  /** How the ids of such silences begin. */
  static final String PREFIX = "alertmanager-";

  private static final Set<String> STATES = Set.of("active", "pending");
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int LONGEST_REASON = 1_000;

  /** An answer that cannot be used; the message says why. */
  static final class UnusableAnswerException extends Exception {

    UnusableAnswerException(String message) {
      super(message);
    }
  }

  /**
   * @param most silences to take
   */
  static ForeignSilences read(byte[] body, int most) throws UnusableAnswerException {
    JsonNode answer;
    try {
      answer = Json.MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw new UnusableAnswerException("the answer is no JSON: " + e.getOriginalMessage());
    }
    if (!answer.isArray()) {
      throw new UnusableAnswerException("the answer is no list of silences");
    }
    Map<String, Setting.Silence> silences = new TreeMap<>();
    Map<String, String> refused = new TreeMap<>();
    for (JsonNode one : answer) {
      if (STATES.contains(one.path("status").path("state").asString(""))) {
        String id = one.path("id").asString("");
        try {
          Setting.Silence silence = silence(id, one);
          silences.put(silence.id(), SilenceRule.of(silence).silence());
        } catch (HoldFault | DateTimeException e) {
          refused.put(id, String.valueOf(e.getMessage()));
        }
      }
    }
    if (silences.size() > most) {
      throw new UnusableAnswerException(
          "%d silences are in force or to come; at most %d are taken"
              .formatted(silences.size(), most));
    }
    return new ForeignSilences(silences, refused);
  }

  private static Setting.Silence silence(String id, JsonNode one) {
    List<Setting.Matcher> matchers = new ArrayList<>();
    for (JsonNode matcher : one.path("matchers")) {
      boolean equal = matcher.path("isEqual").asBoolean(true);
      boolean regex = matcher.path("isRegex").asBoolean(false);
      matchers.add(
          new Setting.Matcher(
              matcher.path("name").asString(""),
              regex ? equal ? "=~" : "!~" : equal ? "=" : "!=",
              matcher.path("value").asString("")));
    }
    Instant startsAt = time(one, "startsAt");
    Instant endsAt = time(one, "endsAt");
    Instant latest = startsAt.plus(LONGEST);
    String comment = one.path("comment").asString("").strip();
    String reason = comment.isEmpty() ? "no reason given" : comment;
    return new Setting.Silence(
        PREFIX + id,
        1,
        List.copyOf(matchers),
        startsAt,
        endsAt.isAfter(latest) ? latest : endsAt,
        null,
        reason.substring(0, Math.min(reason.length(), LONGEST_REASON)),
        one.path("createdBy").asString("") + " (Alertmanager)",
        time(one, "updatedAt"),
        null,
        null);
  }

  private static Instant time(JsonNode one, String name) {
    return OffsetDateTime.parse(one.path(name).asString("")).toInstant();
  }

  /**
   * What to write so that we know what it knows.
   *
   * @param known silences of ours, also those that people made here
   */
  List<Setting.Silence> changes(List<Setting.Silence> known, Instant now) {
    Map<String, Setting.Silence> ours = new TreeMap<>();
    known.stream()
        .filter(one -> one.id().startsWith(PREFIX))
        .forEach(one -> ours.put(one.id(), one));
    List<Setting.Silence> changes = new ArrayList<>();
    silences.forEach(
        (id, silence) -> {
          Setting.Silence before = ours.remove(id);
          if (before == null || !isSame(before, silence)) {
            changes.add(copy(silence, before == null ? 1 : before.version() + 1, null));
          }
        });
    for (Setting.Silence gone : ours.values()) {
      if (gone.expiredAt() == null && now.isBefore(gone.endsAt())) {
        changes.add(copy(gone, gone.version() + 1, now));
      }
    }
    return changes;
  }

  private static boolean isSame(Setting.Silence before, Setting.Silence after) {
    return before.expiredAt() == null && before.equals(copy(after, before.version(), null));
  }

  private static Setting.Silence copy(Setting.Silence s, int version, @Nullable Instant expiredAt) {
    return new Setting.Silence(
        s.id(),
        version,
        s.matchers(),
        s.startsAt(),
        s.endsAt(),
        s.recurrence(),
        s.reason(),
        s.createdBy(),
        s.createdAt(),
        expiredAt,
        expiredAt == null ? null : "Alertmanager");
  }
}
