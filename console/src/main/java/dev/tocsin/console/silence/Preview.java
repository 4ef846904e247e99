// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.silence;

import dev.tocsin.console.alert.Alerts;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.hold.SilenceRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a silence would have held back lately, had it been in force all the time.
 *
 * @param lookedAt alerts that were asked about
 * @param complete whether these are all there were
 * @param alerts firing alerts it matches
 * @param conditions how many conditions they speak of
 * @param incidents how many incidents they opened
 * @param outcomes what became of them
 * @param latest some of them
 */
record Preview(
    Instant from,
    Instant to,
    int lookedAt,
    boolean complete,
    int alerts,
    int conditions,
    int incidents,
    Map<String, Integer> outcomes,
    List<Hidden> latest) {

  private static final Duration LATELY = Duration.ofDays(7);
  private static final int MOST_LOOKED_AT = 200_000;
  private static final int SOME = 20;

  /** An alert it would have held back. */
  record Hidden(
      String id,
      String title,
      Map<String, String> labels,
      Instant receivedAt,
      AlertOutcome.@Nullable Outcome outcome,
      @Nullable String incidentId) {}

  static Preview of(SilenceRule rule, Alerts alerts, Instant now) {
    Count count = new Count(rule, alerts, now.minus(LATELY));
    boolean complete = alerts.scan(MOST_LOOKED_AT, count::look);
    return new Preview(
        now.minus(LATELY),
        now,
        count.lookedAt,
        complete,
        count.alerts,
        count.conditions.size(),
        count.incidents.size(),
        count.outcomes,
        count.latest.stream().sorted(Comparator.comparing(Hidden::receivedAt).reversed()).toList());
  }

  /** A preview while it is made. */
  private static final class Count {

    private final SilenceRule rule;
    private final Alerts all;
    private final Instant from;
    private final Set<String> conditions = new HashSet<>();
    private final Set<String> incidents = new HashSet<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final PriorityQueue<Hidden> latest =
        new PriorityQueue<>(Comparator.comparing(Hidden::receivedAt));
    private int lookedAt;
    private int alerts;

    Count(SilenceRule rule, Alerts all, Instant from) {
      this.rule = rule;
      this.all = all;
      this.from = from;
    }

    void look(Alerts.Glimpse alert) {
      lookedAt++;
      if (alert.status() != AlertStatus.FIRING
          || alert.kind() == AlertKind.TEST
          || alert.receivedAt().isBefore(from)
          || !rule.matches(alert.labels())) {
        return;
      }
      AlertOutcome outcome = all.outcome(alert.id()).orElse(null);
      alerts++;
      conditions.add(alert.condition());
      outcomes.merge(outcome == null ? "UNDECIDED" : outcome.outcome().name(), 1, Integer::sum);
      String incident = outcome == null ? null : outcome.incidentId();
      if (outcome != null && outcome.outcome() == AlertOutcome.Outcome.OPENED && incident != null) {
        incidents.add(incident);
      }
      latest.add(
          new Hidden(
              alert.id(),
              alert.title(),
              alert.labels(),
              alert.receivedAt(),
              outcome == null ? null : outcome.outcome(),
              incident));
      if (latest.size() > SOME) {
        latest.remove();
      }
    }
  }
}
