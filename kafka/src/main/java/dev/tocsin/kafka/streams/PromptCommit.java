// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * When a processor asks for a commit before the commit interval is over: when the record it has
 * just decided is fresh, since somebody may be waiting to be paged.
 *
 * <p>A record that has waited is part of a backlog, and a backlog is worked off fastest with few
 * commits. So a quiet topology commits each record at once, and one that cannot keep up falls back
 * to the interval by itself.
 */
public final class PromptCommit {

  private static final Duration FRESH = Duration.ofMillis(200);

  private PromptCommit() {}

  /**
   * @param written when the record was written to its topic, as the broker stamped it
   */
  public static void after(long written, ProcessingContext context) {
    if (context.currentSystemTimeMs() - written < FRESH.toMillis()) {
      context.commit();
    }
  }
}
