// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.beat;

import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A sign of life: a test notification that a sentinel sent, passed on by whoever decides on alerts
 * and delivered like any other, to nobody.
 *
 * @param id the alert's
 * @param group the alert group
 * @param sentAt its name: the time at which it was sent, by the sentinel's clock
 * @param receivedAt when ingest had it
 */
public record Beat(String id, String group, Instant sentAt, Instant receivedAt) {

  /** The label of an alert that names the beat. */
  public static final String LABEL = "tocsin_beat";

  /** Where beats are delivered. */
  public static final String ENDPOINT = "sentinel/beat";

  /** The type of the event that is delivered there. */
  public static final String EVENT_TYPE = "dev.tocsin.beat";

  /** Empty for every other alert. */
  public static Optional<Beat> of(Alert alert) {
    String sentAt = alert.labels().get(LABEL);
    if (alert.kind() != AlertKind.TEST || sentAt == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Beat(alert.id(), alert.group(), Instant.parse(sentAt), alert.receivedAt()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
