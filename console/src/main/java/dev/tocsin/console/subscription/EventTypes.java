// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import java.util.List;

/** The events a subscriber can hear of. */
final class EventTypes {

  static final List<String> ALL =
      List.of(
          "dev.tocsin.incident.opened",
          "dev.tocsin.incident.updated",
          "dev.tocsin.incident.acknowledged",
          "dev.tocsin.incident.resolved",
          "dev.tocsin.incident.reopened",
          "dev.tocsin.anomaly.detected",
          "dev.tocsin.page.sent",
          "dev.tocsin.ticket.created",
          "dev.tocsin.investigation.completed",
          "dev.tocsin.tool.executed",
          "dev.tocsin.playbook.finished",
          "dev.tocsin.delivery.failed",
          "dev.tocsin.subscription.disabled");

  private EventTypes() {}

  /** Whether a pattern, {@code *} at its end standing for the rest, could ever match. */
  static boolean matchAny(String pattern) {
    if (!pattern.endsWith("*")) {
      return ALL.contains(pattern);
    }
    String start = pattern.substring(0, pattern.length() - 1);
    return start.indexOf('*') < 0 && ALL.stream().anyMatch(type -> type.startsWith(start));
  }
}
