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
   * @param waitFor how long later steps wait for the answer, when it is worth waiting for: what the
   *     worker is told as the time to answer in
   * @param lease when the worker counts as lost; longer than the wait
   */
  record HandsOut(Duration waitFor, Duration lease) implements Beginning {}

  /** There is nothing to do. */
  record Nothing(String why) implements Beginning {}
}
