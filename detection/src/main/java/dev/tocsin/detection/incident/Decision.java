// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.audit.AuditEntry;
import dev.tocsin.schemas.incident.IncidentEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one input makes of an alert group.
 *
 * @param group as it is from now on
 * @param identity the condition it is about; null when it is about none
 * @param condition as it is from now on; null when it is not remembered
 * @param outcome what became of the alert; null when the input was none
 * @param audit what to write down about a person's command; null when the input was none
 */
public record Decision(
    AlertGroup group,
    @Nullable String identity,
    @Nullable Condition condition,
    List<IncidentEvent> events,
    @Nullable AlertOutcome outcome,
    @Nullable AuditEntry audit) {

  /** Of an input that changes nothing about a group. */
  public static Decision nothing(AlertGroup group) {
    return new Decision(group, null, null, List.of(), null, null);
  }

  /** The same, with something people should know about the incident, if it is active. */
  public Decision saying(String text, Instant now) {
    Story story = new Story(group, null, null, now);
    story.say(text);
    List<IncidentEvent> more = new ArrayList<>(events);
    more.addAll(story.told().events());
    return new Decision(group, identity, condition, List.copyOf(more), outcome, audit);
  }

  /** The same, with a storm that speaks for the incident it opens. */
  public Decision withParent(String parent) {
    List<IncidentEvent> under =
        events.stream()
            .map(event -> event instanceof IncidentEvent.Opened o ? under(o, parent) : event)
            .toList();
    return new Decision(group, identity, condition, under, outcome, audit);
  }

  /** The same, with nothing to account for. */
  public Decision withoutOutcome() {
    return new Decision(group, identity, condition, events, null, audit);
  }

  Decision with(AlertGroup next) {
    return new Decision(next, identity, condition, events, outcome, audit);
  }

  /** The same, with one thing more to say about what became of the alert. */
  Decision saying(String more) {
    AlertOutcome said = outcome == null ? null : outcome.saying(more);
    return new Decision(group, identity, condition, events, said, audit);
  }

  /** The incident it opens, or null. */
  public IncidentEvent.@Nullable Opened opened() {
    for (IncidentEvent event : events) {
      if (event instanceof IncidentEvent.Opened opened) {
        return opened;
      }
    }
    return null;
  }

  private static IncidentEvent under(IncidentEvent.Opened o, String parent) {
    return new IncidentEvent.Opened(
        o.incidentId(),
        o.at(),
        o.epoch(),
        o.group(),
        o.groupLabels(),
        o.title(),
        o.severity(),
        o.alert(),
        parent);
  }
}
