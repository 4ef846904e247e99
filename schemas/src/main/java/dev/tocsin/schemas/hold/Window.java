// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.hold;

import java.time.Instant;

/** A stretch of time, its end not included. */
public record Window(Instant startsAt, Instant endsAt) {

  boolean contains(Instant at) {
    return !at.isBefore(startsAt) && at.isBefore(endsAt);
  }
}
