// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.slack;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The part of a list that a call asks for.
 *
 * @param oldest with {@code latest} the times it asks for, in microseconds
 * @param isInclusive whether these two belong to it
 * @param from the message that the cursor is at; below zero when there is no cursor
 */
record Page(long oldest, long latest, boolean isInclusive, long from, int limit) {

  private static final int MOST = 999;
  private static final String CURSOR = "next_ts:";

  static Page of(Arguments arguments, int otherwise) {
    return new Page(
        arguments.micros("oldest", -1),
        arguments.micros("latest", Long.MAX_VALUE),
        arguments.isSet("inclusive"),
        from(arguments.text("cursor")),
        limit(arguments, otherwise));
  }

  private static int limit(Arguments arguments, int otherwise) {
    String limit = arguments.has("limit") ? arguments.text("limit") : String.valueOf(otherwise);
    if (!limit.matches("[1-9]\\d{0,8}")) {
      throw Refusal.of("invalid_arguments", List.of("must be a number from 1: limit"));
    }
    return Math.min(Integer.parseInt(limit), MOST);
  }

  private static long from(String cursor) {
    if (cursor.isEmpty()) {
      return -1;
    }
    try {
      String text = new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (text.startsWith(CURSOR)) {
        return Long.parseLong(text.substring(CURSOR.length()));
      }
    } catch (IllegalArgumentException e) {
      throw Refusal.of("invalid_cursor");
    }
    throw Refusal.of("invalid_cursor");
  }

  boolean covers(SlackMessage message) {
    long ts = Ts.micros(message.ts());
    return isInclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest;
  }

  /** From the cursor on, and one more than fits if there is more. */
  List<SlackMessage> newestFirst(List<SlackMessage> messages) {
    return some(messages.reversed().stream().filter(m -> from < 0 || Ts.micros(m.ts()) <= from));
  }

  /** From the cursor on, and one more than fits if there is more. */
  List<SlackMessage> oldestFirst(List<SlackMessage> messages) {
    return some(messages.stream().filter(m -> Ts.micros(m.ts()) >= from));
  }

  private List<SlackMessage> some(Stream<SlackMessage> messages) {
    return messages.filter(this::covers).limit(limit + 1L).toList();
  }

  /** What an answer says of the rest. */
  Map<String, Object> rest(List<SlackMessage> found) {
    Map<String, Object> rest = new LinkedHashMap<>();
    rest.put("has_more", found.size() > limit);
    if (found.size() > limit) {
      String next = CURSOR + Ts.micros(found.get(limit).ts());
      String cursor = Base64.getEncoder().encodeToString(next.getBytes(StandardCharsets.UTF_8));
      rest.put("response_metadata", Map.of("next_cursor", cursor));
    }
    return rest;
  }
}
