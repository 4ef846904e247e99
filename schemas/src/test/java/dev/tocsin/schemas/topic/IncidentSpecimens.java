// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.topic;

import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.graph.ServiceEdge;
import dev.tocsin.schemas.incident.FirstCause;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.incident.Relation;
import dev.tocsin.schemas.move.Move;
import java.util.List;
import java.util.Map;

/** What happens to incidents, and between them. */
final class IncidentSpecimens {

  private IncidentSpecimens() {}

  static List<Move> moves() {
    IncidentAlert alert = IncidentAlert.of(Specimens.ALERT);
    return List.of(
        new Move.TakeIn(
            "g",
            "inc_b",
            "inc_a",
            Specimens.GROUP,
            "Down",
            Map.of("service", "a"),
            List.of(alert),
            true,
            "ada",
            "console",
            Specimens.AT),
        new Move.TakeIn(
            "g",
            null,
            null,
            Specimens.GROUP,
            "",
            Map.of(),
            List.of(),
            false,
            "ada",
            "console",
            Specimens.AT),
        new Move.CarriedAnomaly("g", Specimens.ANOMALY, List.of(Specimens.GROUP), Specimens.AT),
        new Move.Carried("g", Specimens.ALERT, List.of(Specimens.GROUP), Specimens.AT),
        new Move.Target(Specimens.GROUP, "g", Specimens.LATER, Specimens.AT),
        new Move.Target(Specimens.GROUP, "g", null, Specimens.AT));
  }

  static List<IncidentEvent> events() {
    IncidentAlert bare = IncidentAlert.of(Specimens.BARE_ALERT);
    return List.of(
        Specimens.opened(),
        new IncidentEvent.Opened(
            "inc_b", Specimens.AT, 1, "g", Map.of(), "", Severity.INFO, bare, null),
        new IncidentEvent.AlertAdded("inc_a", Specimens.AT, 1, bare),
        new IncidentEvent.AlertCleared(
            "inc_a", Specimens.AT, 1, bare.identity(), bare.alertId(), "said so"),
        new IncidentEvent.AnomalyAdded("inc_a", Specimens.AT, 1, Specimens.ANOMALY),
        new IncidentEvent.SeverityRaised(
            "inc_a", Specimens.AT, 1, Severity.WARNING, Severity.CRITICAL),
        new IncidentEvent.FlappingStarted("inc_a", Specimens.AT, 1, bare.identity(), 5),
        new IncidentEvent.FlappingEnded("inc_a", Specimens.AT, 1, bare.identity()),
        new IncidentEvent.Acknowledged("inc_a", Specimens.AT, 1, "ada", "console"),
        new IncidentEvent.NoteAdded("inc_a", Specimens.AT, 1, "ada", "console", "looking"),
        new IncidentEvent.Resolved(
            "inc_a", Specimens.AT, 1, IncidentEvent.Cause.ALL_CLEAR, "tocsin", "detection"),
        new IncidentEvent.Reopened("inc_a", Specimens.AT, 2, bare),
        new IncidentEvent.MovedOut(
            "inc_a", Specimens.AT, 1, List.of("i"), "inc_b", "g", true, "ada", "console"),
        new IncidentEvent.MovedOut(
            "inc_a", Specimens.AT, 1, List.of(), null, "g", false, "ada", "console"),
        new IncidentEvent.MovedIn(
            "inc_b", Specimens.AT, 1, "inc_a", "Down", List.of("i"), true, "ada", "console"),
        new IncidentEvent.Related(
            "inc_a",
            Specimens.AT,
            1,
            List.of(
                new Relation(
                    "inc_b",
                    "payments",
                    "Payments down",
                    0.8,
                    List.of(
                        new Relation.Reason(
                            Relation.Kind.DEPENDENCY, "checkout depends on payments"))),
                new Relation("inc_c", null, "", 0.2, List.of())),
            3,
            new FirstCause("inc_b", "payments", "Payments down", 0.9, 3, List.of("it is first"))),
        new IncidentEvent.Related(
            "inc_a",
            Specimens.AT,
            1,
            List.of(),
            0,
            new FirstCause("inc_b", null, "", 0, 2, List.of())));
  }

  static List<ServiceEdge> edges() {
    return List.of(
        new ServiceEdge(
            "checkout",
            "payments",
            ServiceEdge.Source.LEARNED,
            true,
            0.6,
            7.0,
            8.0,
            40.0,
            1e-9,
            Specimens.AT),
        new ServiceEdge(
            "a", "b", ServiceEdge.Source.FILE, true, 1, null, null, null, null, Specimens.AT));
  }
}
