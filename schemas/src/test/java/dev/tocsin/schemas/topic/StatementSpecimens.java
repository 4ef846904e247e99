// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.topic;

import dev.tocsin.schemas.seal.Seal;
import dev.tocsin.schemas.statement.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A day with everything in it, and the first, on which nothing happened. */
public final class StatementSpecimens {

  private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant END = Instant.parse("2026-03-02T00:00:00Z");

  public static final Statement QUIET =
      Seal.on(
          new Statement(
              new Statement.Alerts(0, Map.of(), 0),
              Map.of(),
              "2026-02-28",
              Map.of(),
              Map.of(),
              Map.of(),
              Instant.parse("2026-02-28T00:00:00Z"),
              "",
              Map.of(),
              null,
              Specimens.AT,
              BEGIN,
              List.of()));

  public static final Statement BUSY =
      Seal.on(
          new Statement(
              new Statement.Alerts(4, Map.of("OPENED", 1L, "JOINED", 2L), 1),
              Map.of("tocsin.alerts", List.of(new Statement.Span(0, 0, 3))),
              "2026-03-01",
              Map.of("detection", new Statement.Letters(1, 0, 2)),
              Map.of("pagerduty", new Statement.Effects(1, 1, 2, 1, 6, 1)),
              Map.of("tocsin.alert-outcomes", List.of(new Statement.Span(7, 1, 9))),
              BEGIN,
              "",
              Map.of("resolved", 1L, "opened", 1L),
              QUIET.hash(),
              Specimens.LATER,
              END,
              List.of(
                  new Statement.Unexplained(
                      "rcp_a-3", Statement.Unexplained.Kind.ALERT, BEGIN.plusSeconds(7)),
                  new Statement.Unexplained(
                      "dlv_a", Statement.Unexplained.Kind.EFFECT, BEGIN.plusSeconds(8)))));

  private StatementSpecimens() {}

  static List<Statement> all() {
    return List.of(QUIET, BUSY);
  }
}
