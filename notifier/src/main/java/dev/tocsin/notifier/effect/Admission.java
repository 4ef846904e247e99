// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.effect;

import dev.tocsin.schemas.delivery.Delivery.Status;
import dev.tocsin.schemas.effect.Effect;
import dev.tocsin.schemas.notification.Notification;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a notification that its lane does not know is to be sent. */
public sealed interface Admission {

  /**
   * It is to be sent.
   *
   * @param issued how many attempts an earlier life of the lane has made
   * @param unknownSince when the last of them was made, which may have done it: nobody is left who
   *     remembers; null when there was none
   */
  record Planned(int issued, @Nullable Instant unknownSince) implements Admission {}

  /**
   * It is not to be sent.
   *
   * @param fresh whether the ledger does not know yet
   */
  record Settled(Status status, int issued, @Nullable String receipt, String detail, boolean fresh)
      implements Admission {}

  /**
   * @param effect what the ledger knows of it
   * @param refusal why it can never go out as things are configured; null when it can
   * @param notBefore see {@link EffectSettings}
   */
  static Admission decide(
      Notification notification,
      @Nullable Effect effect,
      @Nullable String refusal,
      @Nullable Instant notBefore) {
    if (effect != null && effect.isOver()) {
      return new Settled(
          statusOf(effect),
          effect.attempts(),
          effect.receipt(),
          "the ledger says so since " + effect.at(),
          false);
    }
    int issued = effect == null ? 0 : effect.attempts();
    if (notBefore != null && notification.receivedAt().isBefore(notBefore)) {
      return new Settled(
          Status.CANCELLED,
          issued,
          null,
          "received at %s, and tocsin.effects.not-before is %s; replay it to send it all the same"
              .formatted(notification.receivedAt(), notBefore),
          true);
    }
    if (refusal != null) {
      return new Settled(Status.CANCELLED, issued, null, refusal, true);
    }
    return new Planned(issued, effect == null || issued == 0 ? null : effect.at());
  }

  private static Status statusOf(Effect effect) {
    return switch (effect.status()) {
      case DONE -> Status.DELIVERED;
      case DEAD -> Status.DEAD;
      case CANCELLED -> Status.CANCELLED;
      case PLANNED, ISSUED -> Status.PENDING;
    };
  }
}
