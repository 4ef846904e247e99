// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source;

import java.time.Instant;
import java.util.List;

/** A kind of system that sends alerts: knows its messages when it sees them, and what they say. */
public interface AlertSource {

  /** As it stands in {@code tocsin.ingest.sources.<name>.type}. */
  String type();

  /** How well a message fits; people do point one system at the path of another. */
  Fit fits(Message message);

  /**
   * What the message reports, in the order of its alerts.
   *
   * @param receivedAt stands in where a time cannot be read
   */
  List<Report> read(Message message, Instant receivedAt);

  /** How sure a source is that a message is its own. */
  enum Fit {
    CERTAIN,
    POSSIBLE,
    NO
  }
}
