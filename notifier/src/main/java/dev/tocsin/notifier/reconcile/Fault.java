// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.notifier.channel.call.Reply;
import dev.tocsin.notifier.channel.call.Status;
import java.time.Duration;
import java.time.Instant;

/**
 * Why a vendor did not answer what we asked.
 *
 * @param kind the same while nothing changes
 * @param pause how long it asks us to wait
 */
record Fault(String kind, String detail, Duration pause) {

  /**
   * @param token the key of the secret that a 401 refuses
   */
  static Fault of(Reply reply, String token, Instant now) {
    return switch (reply) {
      case Reply.NotSent notSent -> new Fault(notSent.reason().name(), notSent.detail());
      case Reply.Lost lost -> new Fault(lost.reason().name(), lost.detail());
      case Reply.Answered answered -> {
        Duration asked = answered.retryAfter(now);
        yield new Fault(
            Integer.toString(answered.code()),
            (answered.status() == Status.UNAUTHORIZED ? token + " is refused: " : "")
                + answered.shown(),
            asked == null ? Duration.ZERO : asked);
      }
    };
  }

  Fault(String kind, String detail) {
    this(kind, detail, Duration.ZERO);
  }
}
