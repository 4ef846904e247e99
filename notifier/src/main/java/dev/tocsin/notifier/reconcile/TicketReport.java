// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import java.time.Instant;

/**
 * A ticket of ours as Jira shows it.
 *
 * @param status the site's own word
 * @param done whether that is an end
 */
record TicketReport(String key, String incidentId, String status, boolean done) {

  /**
   * The last time its status changed; the ticket's creation when it never did.
   *
   * @param report as it is by then: read by key, which lags nothing
   */
  record Move(TicketReport report, String by, Instant at) {}
}
