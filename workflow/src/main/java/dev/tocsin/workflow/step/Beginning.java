// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.step;

import dev.tocsin.schemas.notification.Content;
import java.time.Duration;

/** How a step begins. */
public sealed interface Beginning {

  /**
   * Something opens at an endpoint, and lives as long as the incident's epoch. The step is done
   * when that is delivered; the next step does not wait for it.
   *
   * @param name what the endpoint knows it by: a dedup key, a ticket's mark
   */
  record Opens(String endpoint, String name, Content content) implements Beginning {}

  /** What an earlier epoch opened at the endpoint is taken up again, with this to say about it. */
  record TakesUp(Opened opened, Content content) implements Beginning {}

  /**
   * Somebody else does it.
   *
   * @param answerWithin what they are told
   * @param lease when they count as lost; longer than they are told
   * @param waitFor how long later steps wait for the answer, when it is worth waiting for
   */
  record HandsOut(Duration answerWithin, Duration lease, Duration waitFor) implements Beginning {}

  /** There is nothing to do. */
  record Nothing(String why) implements Beginning {}
}
