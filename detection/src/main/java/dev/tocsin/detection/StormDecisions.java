// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.Decisions.Decided;
import dev.tocsin.detection.Decisions.Memory;
import dev.tocsin.detection.incident.AlertGroup;
import dev.tocsin.detection.incident.AlertRules;
import dev.tocsin.detection.incident.Decision;
import dev.tocsin.detection.incident.IncidentState;
import dev.tocsin.detection.storm.Opening;
import dev.tocsin.detection.storm.StormRules;
import dev.tocsin.detection.storm.StormSettings;
import dev.tocsin.detection.storm.StormState;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a storm makes of decisions about incidents, and says of them in its own. */
final class StormDecisions {

  private final StormRules rules;
  private final AlertRules alerts;
  private final boolean speaks;
  private final String group;

  /**
   * @param partitions over which incidents are spread
   * @param group the alert group of this partition's storms
   */
  StormDecisions(StormSettings settings, AlertRules alerts, int partitions, String group) {
    this.rules = new StormRules(settings.opensOnOneOf(partitions));
    this.alerts = alerts;
    this.speaks = settings.enabled();
    this.group = group;
  }

  /** More alerts come than ever at this hour: then fewer incidents together are a storm. */
  Decided alarmed(Decided decided, boolean on, Memory memory, Instant now) {
    StormState before = decided.storm() == null ? memory.storm() : decided.storm();
    return new Decided(
        decided.decisions(),
        rules.alarmed(before, on, now),
        decided.inhibitor(),
        decided.letters());
  }

  /** Time to look whether a storm is over. */
  Decided due(Memory memory, Instant now) {
    StormRules.Step step = rules.checked(memory.storm(), group, now);
    return new Decided(
        aboutStorm(step, memory, now).map(List::of).orElse(List.of()),
        step.state(),
        null,
        List.of());
  }

  /** A decision about some incident, in a storm or not. */
  Decided under(Decision decision, Memory memory, Instant now) {
    if (!speaks) {
      return Decided.of(decision);
    }
    IncidentEvent.Opened opened = decision.opened();
    return opened == null
        ? spokenFor(decision, memory, now)
        : opened(decision, opened, memory, now);
  }

  private Decided opened(
      Decision decision, IncidentEvent.Opened opened, Memory memory, Instant now) {
    String before = active(stormGroup(memory));
    StormRules.Step step =
        rules.opened(
            memory.storm(),
            before != null,
            group,
            new Opening(opened.title(), opened.severity(), opened.at()),
            now);
    Optional<Decision> aboutStorm = aboutStorm(step, memory, now);
    String parent = aboutStorm.map(d -> active(d.group())).orElse(before);
    boolean spokenFor = step.state().since() != null && parent != null;
    Decision own = spokenFor ? decision.withParent(String.valueOf(parent)) : decision;
    return new Decided(
        aboutStorm.map(storm -> List.of(storm, own)).orElse(List.of(own)),
        step.state(),
        null,
        List.of());
  }

  /** What a storm says when something happens to an incident that it speaks for. */
  private Decided spokenFor(Decision decision, Memory memory, Instant now) {
    for (IncidentEvent event : decision.events()) {
      Instant since = memory.stormOf(event.incidentId());
      if (since == null) {
        continue;
      }
      StormRules.Step step =
          switch (event) {
            case IncidentEvent.Resolved _ -> rules.closed(memory.storm(), since, group, now);
            case IncidentEvent.SeverityRaised e ->
                rules.raised(memory.storm(), since, group, e.to(), now);
            default -> null;
          };
      if (step != null) {
        return new Decided(
            aboutStorm(step, memory, now)
                .map(storm -> List.of(decision, storm))
                .orElse(List.of(decision)),
            step.state(),
            null,
            List.of());
      }
    }
    return Decided.of(decision);
  }

  /** A storm's own incident lives by the same rules as any other, and nothing holds it back. */
  private Optional<Decision> aboutStorm(StormRules.Step step, Memory memory, Instant now) {
    Alert report = step.report();
    String note = step.note();
    if (report == null && note == null) {
      return Optional.empty();
    }
    Decision told =
        report == null ? Decision.nothing(stormGroup(memory)) : report(report, memory, now);
    return Optional.of(note == null ? told : told.saying(note, now));
  }

  private Decision report(Alert report, Memory memory, Instant now) {
    String identity = IncidentAlert.of(report).identity();
    return alerts
        .decide(stormGroup(memory), memory.condition(group, identity), report, null, now)
        .withoutOutcome();
  }

  private AlertGroup stormGroup(Memory memory) {
    return memory.group(group).orElseGet(() -> AlertGroup.unknown(group));
  }

  private static @Nullable String active(AlertGroup group) {
    return group.incident() instanceof IncidentState.Active active ? active.id() : null;
  }
}
