// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import java.time.Duration;

/** How long rows stay: each is a column family of its own. Compaction drops what is older. */
public enum Family {
  /** Offsets, counters, settings. */
  FOR_GOOD(Duration.ZERO),
  /** As long as the alerts topic keeps its records. */
  DAYS_7(Duration.ofDays(7)),
  /** As long as most topics do. */
  DAYS_90(Duration.ofDays(90));

  private final Duration kept;

  Family(Duration kept) {
    this.kept = kept;
  }

  /** Zero is for ever. */
  int seconds() {
    return Math.toIntExact(kept.toSeconds());
  }
}
