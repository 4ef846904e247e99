// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Content;
import org.jspecify.annotations.Nullable;

/**
 * Something a step opened in the outside world, or is about to.
 *
 * @param kind of the step that did
 * @param name what the endpoint knows it by: a dedup key, a ticket's mark
 * @param notificationId the notification that opens it: what follows needs its receipt
 * @param epoch the last epoch it was used in
 * @param closed whether it was resolved with the incident
 * @param status what became of the notification; null until that is settled
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Opened(
    String kind,
    String endpoint,
    String name,
    String notificationId,
    String playbook,
    String step,
    int epoch,
    boolean closed,
    Delivery.@Nullable Status status) {

  /** Whether word of it can still reach its endpoint: not when that is not configured. */
  @JsonIgnore
  public boolean isReachable() {
    return status != Delivery.Status.CANCELLED;
  }

  /** Whether it may exist outside: not when its notification was given up or never sent. */
  @JsonIgnore
  public boolean mayExist() {
    return status != Delivery.Status.CANCELLED && status != Delivery.Status.DEAD;
  }

  /** Whether word with this origin came from where this was opened, and needs no echo there. */
  public boolean saidBy(String via) {
    return endpoint.startsWith(via + '/');
  }

  /**
   * Where word of it goes. Notes have a lane of their own: one that cannot be written must hold up
   * neither the resolve behind it nor another incident's page.
   */
  public String endpointFor(Content content) {
    return content instanceof Content.PageNote ? endpoint + "/notes" : endpoint;
  }

  /** What word of it has to wait for; a note finds its page by itself. */
  public @Nullable String neededBy(Content content) {
    return content instanceof Content.PageNote ? null : notificationId;
  }

  public Opened settled(Delivery.Status now) {
    return new Opened(kind, endpoint, name, notificationId, playbook, step, epoch, closed, now);
  }

  public Opened close() {
    return new Opened(kind, endpoint, name, notificationId, playbook, step, epoch, true, status);
  }

  public Opened takenUp(int next) {
    return new Opened(kind, endpoint, name, notificationId, playbook, step, next, false, status);
  }
}
