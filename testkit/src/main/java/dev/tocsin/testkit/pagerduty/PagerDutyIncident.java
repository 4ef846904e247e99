// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.pagerduty;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An incident as PagerDuty shows it.
 *
 * @param log one line for each event and each change by a person
 * @param event the trigger that opened it
 * @param changedAt when its status last changed
 * @param reopenedAt when a person last opened it again; null when nobody did
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
    List<String> notes,
    Instant changedAt,
    @Nullable Instant reopenedAt) {

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
    return with(status, with(log, line), notes, changedAt, reopenedAt);
  }

  PagerDutyIncident noted(String note) {
    return with(status, log, with(notes, note), changedAt, reopenedAt);
  }

  PagerDutyIncident in(Status changed, Instant at) {
    return with(changed, log, notes, at, reopenedAt);
  }

  PagerDutyIncident reopened(Instant at) {
    return with(Status.TRIGGERED, log, notes, at, at);
  }

  private PagerDutyIncident with(
      Status status,
      List<String> log,
      List<String> notes,
      Instant changedAt,
      @Nullable Instant reopenedAt) {
    return new PagerDutyIncident(
        id,
        number,
        routingKey,
        dedupKey,
        status,
        openedAt,
        event,
        log,
        notes,
        changedAt,
        reopenedAt);
  }

  private static List<String> with(List<String> lines, String line) {
    List<String> more = new ArrayList<>(lines);
    more.add(line);
    return List.copyOf(more);
  }
}
