// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.attempt.AttemptResult;
import dev.tocsin.schemas.attempt.Exchange;
import dev.tocsin.schemas.attempt.Outcome;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as the subscriber it is for may see it: what went over the wire, and nothing else.
 *
 * @param id the {@code webhook-id} on every attempt
 * @param attempts the last few, the first first
 * @param body what was sent, as it was signed; null in a list
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LogEntry(
    String id,
    @Nullable String event,
    @Nullable String type,
    Delivery.Status status,
    Instant plannedAt,
    int attemptCount,
    @Nullable Instant nextAttemptAt,
    String detail,
    List<Try> attempts,
    @Nullable String body) {

  /**
   * One attempt.
   *
   * @param response null without an answer
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Try(
      int n,
      Instant startedAt,
      long tookMillis,
      String outcome,
      String detail,
      @Nullable Request request,
      @Nullable Response response) {}

  record Request(String url, Map<String, String> headers) {}

  /**
   * @param body its beginning, with what looks like a secret left out
   */
  record Response(int status, String body) {}

  static LogEntry of(Delivery delivery, boolean whole) {
    Content.Event event = delivery.notification().content() instanceof Content.Event e ? e : null;
    return new LogEntry(
        delivery.id(),
        event == null ? null : event.eventId(),
        event == null ? null : event.eventType(),
        delivery.status(),
        delivery.notification().plannedAt(),
        delivery.attemptCount(),
        delivery.nextAttemptAt(),
        delivery.detail(),
        delivery.attempts().stream().map(LogEntry::of).toList(),
        whole && event != null ? event.body() : null);
  }

  private static Try of(AttemptResult attempt) {
    Exchange exchange = attempt.exchange();
    return new Try(
        attempt.n(),
        attempt.startedAt(),
        Duration.between(attempt.startedAt(), attempt.endedAt()).toMillis(),
        attempt.outcome().label(),
        detail(attempt.outcome()),
        exchange == null ? null : new Request(exchange.url(), exchange.headers()),
        exchange == null || exchange.status() == null
            ? null
            : new Response(exchange.status(), exchange.answer() == null ? "" : exchange.answer()));
  }

  /** The reason alone: the words beside it may repeat an answer as it came. */
  private static String detail(Outcome outcome) {
    return switch (outcome) {
      case Outcome.TryAgain o -> o.reason().name();
      case Outcome.Unknown o -> o.reason().name();
      case Outcome.GiveUp o -> o.reason().name();
      case Outcome.Delivered _, Outcome.Absent _ -> "";
    };
  }
}
