// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import dev.tocsin.schemas.statement.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Parts of statements added up. */
final class Sums {

  private Sums() {}

  static Statement.Effects plus(Statement.Effects a, Statement.Effects b) {
    return new Statement.Effects(
        a.cancelled() + b.cancelled(),
        a.dead() + b.dead(),
        a.done() + b.done(),
        a.pending() + b.pending(),
        a.planned() + b.planned(),
        a.unexplained() + b.unexplained());
  }

  static Statement.Alerts plus(Statement.Alerts a, Statement.Alerts b) {
    Map<String, Long> outcomes = new TreeMap<>(a.outcomes());
    b.outcomes().forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
    return new Statement.Alerts(
        a.accepted() + b.accepted(), outcomes, a.unexplained() + b.unexplained());
  }

  static Statement.Letters plus(Statement.Letters a, Statement.Letters b) {
    return new Statement.Letters(
        a.dropped() + b.dropped(), a.replayed() + b.replayed(), a.setAside() + b.setAside());
  }
}
