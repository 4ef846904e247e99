// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import java.util.Locale;

/** What became of a pushed sample. Few and fixed, since each is a metric label. */
public enum PushOutcome {
  /** It is in the topic. */
  WRITTEN,
  /** No selector matches its series. */
  UNWATCHED,
  /** One of its series was taken within the interval already. */
  THINNED,
  /** It says that its series has ended. */
  STALE,
  /** NaN or infinite. */
  NOT_FINITE,
  /** Older than one of its series that was taken. */
  LATE,
  /** As old as one of its series that was taken. */
  DUPLICATE,
  /** Its series would be one too many. */
  NO_ROOM,
  /** Its series or its time is wrong: the sender is told. */
  INVALID,
  HISTOGRAM,
  EXEMPLAR,
  METADATA;

  /** Whether it was left as configured, so that its sender need not worry. */
  boolean isAsMeant() {
    return switch (this) {
      case WRITTEN, UNWATCHED, THINNED, STALE, NOT_FINITE, LATE, DUPLICATE -> true;
      case NO_ROOM, INVALID, HISTOGRAM, EXEMPLAR, METADATA -> false;
    };
  }

  /** As it stands in answers and meters: {@code not-finite}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
