// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.sample;

/** What kind of thing a series measures, which says when a change of it hurts. */
public enum SeriesKind {
  /** A value that goes up and down. */
  GAUGE,
  /** A total that only grows, and begins at zero again when its process does. */
  COUNTER,
  /** How long something takes: more is worse, less is not. */
  LATENCY,
  /** A part of a whole, 0 to 1. */
  RATIO
}
