// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Asks for a commit within a tenth of a second of what others may wait to read. For a topology
 * whose commit interval is longer than that, since most of its records lead to nothing.
 *
 * @see PromptCommit for what is committed at once
 */
public final class SoonCommit {

  private static final Duration WITHIN = Duration.ofMillis(100);

  private final ProcessingContext context;
  private boolean wanted;

  private SoonCommit(ProcessingContext context) {
    this.context = context;
  }

  /**
   * @param context of the processor that will ask
   */
  public static SoonCommit in(ProcessingContext context) {
    SoonCommit soon = new SoonCommit(context);
    context.schedule(WITHIN, PunctuationType.WALL_CLOCK_TIME, _ -> soon.ask());
    return soon;
  }

  /** Something was written that others may wait to read. */
  public void want() {
    wanted = true;
  }

  private void ask() {
    if (wanted) {
      context.commit();
      wanted = false;
    }
  }
}
