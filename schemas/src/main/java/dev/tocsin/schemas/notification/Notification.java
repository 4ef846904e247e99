// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.ContentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell, to one endpoint. One notification is one effect in the outside world and one
 * delivery.
 *
 * @param id the delivery's and the effect's id: made from content, constant over all attempts
 * @param endpoint {@code <channel>/<name>}: {@code pagerduty/default}, {@code jira/default}, {@code
 *     webhook/<subscription>}
 * @param incidentId what it is about; for an event about no incident, the event's own subject
 * @param order notifications of one endpoint with equal order go out one after the other, as
 *     planned
 * @param needs the notification whose receipt this one needs (a comment needs the ticket's key), or
 *     null
 * @param receivedAt when the alert behind it reached ingest: the start of the webhook-to-page clock
 * @param plannedAt when it was decided on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Notification(
    String id,
    String endpoint,
    String incidentId,
    int epoch,
    String order,
    @Nullable String needs,
    Instant receivedAt,
    Instant plannedAt,
    Content content) {

  /** The id of the delivery that tells a subscription of an event. */
  public static String deliveryId(String subscriptionId, String eventId) {
    return ContentId.of("dlv", subscriptionId, eventId);
  }

  /** The kind of endpoint it goes to: the part of the endpoint's id before the slash. */
  public String channel() {
    return endpoint.substring(0, endpoint.indexOf('/'));
  }
}
