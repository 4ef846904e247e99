// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.alert;

/** What kind of thing an alert speaks of. */
public enum AlertKind {
  /** A condition the source watches. */
  CONDITION,
  /** The source got no data for a condition it watches. */
  NO_DATA,
  /** The source could not evaluate a condition it watches. */
  ERROR,
  /** Somebody pressed the source's test button: never pages. */
  TEST,
  /** An authentic message nobody could read; the message itself is a dead letter. */
  UNREADABLE,
  /** Detection found this itself, on a metric. */
  ANOMALY
}
