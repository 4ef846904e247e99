// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.pagerduty;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An incident as PagerDuty shows it.
 *
 * @param log one line for each event and each change by a person
 * @param event the trigger that opened it
 */
public record PagerDutyIncident(
    String id,
    int number,
    String routingKey,
    String dedupKey,
    Status status,
    Instant openedAt,
    JsonNode event,
    List<String> log,
    List<String> notes) {

  /** PagerDuty's three. */
  public enum Status {
    TRIGGERED,
    ACKNOWLEDGED,
    RESOLVED
  }

  public boolean isOpen() {
    return status != Status.RESOLVED;
  }

  public String summary() {
    return event.path("payload").path("summary").asString("");
  }

  public String severity() {
    return event.path("payload").path("severity").asString("");
  }

  PagerDutyIncident logged(String line) {
    return new PagerDutyIncident(
        id, number, routingKey, dedupKey, status, openedAt, event, with(log, line), notes);
  }

  PagerDutyIncident noted(String note) {
    return new PagerDutyIncident(
        id, number, routingKey, dedupKey, status, openedAt, event, log, with(notes, note));
  }

  PagerDutyIncident in(Status changed) {
    return new PagerDutyIncident(
        id, number, routingKey, dedupKey, changed, openedAt, event, log, notes);
  }

  private static List<String> with(List<String> lines, String line) {
    List<String> more = new ArrayList<>(lines);
    more.add(line);
    return List.copyOf(more);
  }
}
