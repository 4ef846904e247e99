// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tocsin.schemas.notification.Notification;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The order to try a delivery once, or to find out what became of an earlier try.
 *
 * @param n from 1, over attempts and probes of one delivery
 * @param mode whether to make the change or only to look for it
 * @param leaseUntil not to be started so late that it could still run then
 * @param needed the receipt of the notification it needs; null when it needs none
 * @param unknownSince for a probe, when the attempt it asks about ended as unknown; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attempt(
    String id,
    int n,
    Mode mode,
    Instant issuedAt,
    Instant leaseUntil,
    @Nullable String needed,
    @Nullable Instant unknownSince,
    Notification notification) {

  /** One that looks for nothing. */
  public Attempt(
      String id,
      int n,
      Mode mode,
      Instant issuedAt,
      Instant leaseUntil,
      @Nullable String needed,
      Notification notification) {
    this(id, n, mode, issuedAt, leaseUntil, needed, null, notification);
  }

  /** What the worker is to do. */
  public enum Mode {
    SEND,
    PROBE
  }
}
