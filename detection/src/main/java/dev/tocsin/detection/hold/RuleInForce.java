// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.hold;

import dev.tocsin.schemas.hold.InhibitionRule;
import dev.tocsin.schemas.hold.Inhibitor;
import dev.tocsin.schemas.setting.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An inhibition rule and the inhibitors it goes by, found by the values they have in common with
 * what they hold back.
 */
final class RuleInForce {

  private final InhibitionRule rule;
  private final Map<List<String>, Map<String, Inhibitor>> inhibitors = new ConcurrentHashMap<>();

  RuleInForce(InhibitionRule rule) {
    this.rule = rule;
  }

  Setting.Inhibition inhibition() {
    return rule.inhibition();
  }

  boolean isSource(Map<String, String> labels) {
    return rule.isSource(labels);
  }

  void add(String condition, Inhibitor inhibitor) {
    if (rule.isSource(inhibitor.labels())) {
      inhibitors
          .computeIfAbsent(rule.common(inhibitor.labels()), _ -> new ConcurrentHashMap<>())
          .put(condition, inhibitor);
    }
  }

  void remove(String condition, Inhibitor inhibitor) {
    inhibitors.computeIfPresent(
        rule.common(inhibitor.labels()),
        (_, same) -> {
          same.remove(condition);
          return same.isEmpty() ? null : same;
        });
  }

  /** One that holds an alert with these labels back, whichever; one is enough. */
  Optional<Inhibitor> inhibitorOf(Map<String, String> labels, Instant now) {
    if (!rule.isTarget(labels)) {
      return Optional.empty();
    }
    return inhibitors.getOrDefault(rule.common(labels), Map.of()).values().stream()
        .filter(i -> now.isBefore(i.until()) && rule.holdsBack(labels, i.labels()))
        .findFirst();
  }
}
