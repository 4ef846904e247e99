// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.refusal;

import java.util.Locale;

/** Why a message was refused. Few and fixed, since each is a metric label. */
public enum RefusalReason {
  MALFORMED(400),
  TOO_COMPLEX(400),
  UNAUTHENTICATED(401),
  SOURCE_DISABLED(403),
  UNKNOWN_SOURCE(404),
  TOO_SLOW(408),
  /** The one answer after which a subscription is not tried again. */
  OWN_EVENT(410),
  TOO_LARGE(413),
  TOO_MANY_ALERTS(413),
  UNSUPPORTED_ENCODING(415),
  HEADERS_TOO_LARGE(431),
  OVERLOADED(503),
  NOT_DURABLE(503);

  private final int status;

  RefusalReason(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** As it stands in answers and meters: {@code too-large}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
