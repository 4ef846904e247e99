// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.receiver;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request and what became of it.
 *
 * @param answer what the receiver said to it, whether or not that was sent; null when it was never
 *     asked, so that the request changed nothing
 * @param sent the status that went back; 0 when none did
 */
public record Exchange(
    Request request, Fault fault, @Nullable Answer answer, int sent, Instant endedAt) {

  /** Whether the request made its change, whatever its sender heard of it. */
  public boolean isTaken() {
    return answer != null && answer.status() / 100 == 2;
  }
}
