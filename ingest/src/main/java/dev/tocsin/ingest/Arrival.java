// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.source.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One authentic message, before anybody looked into it.
 *
 * @param receipt its name from now on
 * @param body its text: what a dead letter keeps
 */
record Arrival(
    String source,
    String receipt,
    Instant receivedAt,
    String traceparent,
    @Nullable String contentType,
    byte[] body) {

  private static final int EXCERPT = 4096;

  /** The beginning of the body, for people. */
  String excerpt() {
    int length = Math.min(body.length, EXCERPT);
    return Text.whole(new String(body, 0, length, java.nio.charset.StandardCharsets.UTF_8));
  }
}
