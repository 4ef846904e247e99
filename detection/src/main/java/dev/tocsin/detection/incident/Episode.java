// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.incident.IncidentAlert;
import java.time.Instant;

/**
 * One firing of a condition, known by when it began.
 *
 * @param known whether the source said so; otherwise it is when we first heard of it, by our clock,
 *     which says nothing about an order by the source's
 */
public record Episode(Instant startsAt, boolean known) {

  static Episode of(Alert alert) {
    // Ingest puts the time of receipt where the source gave none.
    return new Episode(alert.startsAt(), !alert.startsAt().equals(alert.receivedAt()));
  }

  static Episode of(IncidentAlert alert) {
    return new Episode(alert.startsAt(), !alert.startsAt().equals(alert.receivedAt()));
  }

  boolean isAfter(Episode other) {
    return known && other.known && startsAt.isAfter(other.startsAt);
  }

  boolean isBefore(Episode other) {
    return known && other.known && startsAt.isBefore(other.startsAt);
  }
}
