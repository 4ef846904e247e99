// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** When quick turns of a condition are flapping. */
final class FlappingRule {

  private final FlappingSettings settings;

  FlappingRule(FlappingSettings settings) {
    this.settings = settings;
  }

  /** The turns that still matter, and one more: never more than the rule has to count. */
  List<Instant> withTurn(List<Instant> before, Instant now) {
    Instant since = now.minus(settings.within());
    List<Instant> turns = new ArrayList<>(before.stream().filter(at -> at.isAfter(since)).toList());
    turns.add(now);
    return List.copyOf(turns.subList(Math.max(0, turns.size() - settings.turns()), turns.size()));
  }

  boolean isFlapping(List<Instant> turns) {
    return turns.size() >= settings.turns();
  }

  Instant quietAt(Instant now) {
    return now.plus(settings.quiet());
  }

  Duration quiet() {
    return settings.quiet();
  }
}
