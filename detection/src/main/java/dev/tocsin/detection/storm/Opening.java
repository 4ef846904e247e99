// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.storm;

import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;

/** An incident that opens, as far as a storm speaks of it. */
public record Opening(String title, Severity severity, Instant at) {

  private static final int LONGEST_TITLE = 200;

  public Opening {
    if (title.length() > LONGEST_TITLE) {
      title = title.substring(0, LONGEST_TITLE - 1) + '…';
    }
  }
}
