// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.storm;

import dev.tocsin.schemas.Cut;
import dev.tocsin.schemas.alert.Severity;
import java.time.Instant;

/** An incident that opens, as far as a storm speaks of it. */
public record Opening(String title, Severity severity, Instant at) {

  private static final int LONGEST_TITLE = 200;

  public Opening {
    title = Cut.to(LONGEST_TITLE, title);
  }
}
