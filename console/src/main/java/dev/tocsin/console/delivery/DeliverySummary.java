// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.delivery;

import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Notification;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as a line of a list.
 *
 * @param kind what is told: {@code page}, {@code ticket}, {@code event}, ...
 * @param about for an event, its type; else null
 * @param receipt what the endpoint calls it; null until delivered
 */
public record DeliverySummary(
    String id,
    Delivery.Status status,
    String channel,
    String endpoint,
    String kind,
    @Nullable String about,
    String incidentId,
    Instant plannedAt,
    Instant at,
    int attempts,
    @Nullable Instant nextAttemptAt,
    @Nullable String receipt,
    String detail) {

  static DeliverySummary of(Delivery delivery) {
    Notification told = delivery.notification();
    return new DeliverySummary(
        delivery.id(),
        delivery.status(),
        told.channel(),
        told.endpoint(),
        told.content().kind(),
        told.content() instanceof dev.tocsin.schemas.notification.Content.Event event
            ? event.eventType()
            : null,
        told.incidentId(),
        told.plannedAt(),
        delivery.at(),
        delivery.attemptCount(),
        delivery.nextAttemptAt(),
        delivery.receipt(),
        delivery.detail());
  }
}
