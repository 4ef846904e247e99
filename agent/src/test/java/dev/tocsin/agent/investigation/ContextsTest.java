// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.investigation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.agent.SampleIncidents;
import dev.tocsin.agent.guard.Masker;
import dev.tocsin.schemas.context.Context;
import dev.tocsin.schemas.context.Evidence;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ContextsTest {

  private static final Instant NOW = SampleIncidents.NOW;

  @Test
  void oneCondition_isToldWithItsBeginning() {
    assertThat(fromEvidence(incident("Checkout error rate high"), List.of()).summary())
        .isEqualTo(
            "One condition firing since 2026-11-22T10:00:00Z, CRITICAL: Checkout error rate high.");
  }

  @Test
  void manyConditions_areCounted_andThreeAreNamed() {
    assertThat(fromEvidence(incident("a", "b", "c", "d"), List.of()).summary())
        .startsWith("4 conditions firing since ")
        .contains("a; b; c")
        .doesNotContain("d.");
  }

  @Test
  void resolvedIncident_isSaidToBeQuiet() {
    Incident one = incident("a");
    Incident quiet =
        one.after(
            new IncidentEvent.AlertCleared(
                one.id(),
                NOW,
                1,
                one.alerts().keySet().iterator().next(),
                "r2-0",
                "the source says so"));

    assertThat(fromEvidence(quiet, List.of()).summary())
        .isEqualTo("No condition of this incident is firing any more.");
  }

  @Test
  @Tag("bad-input-96")
  void secretInATitle_isMasked() {
    assertThat(
            fromEvidence(incident("Login with password=hunter2tango fails"), List.of()).summary())
        .contains("[masked password]")
        .doesNotContain("hunter2tango");
  }

  @Test
  void nextSteps_comeFromRunbooksAndThePast() {
    List<Evidence> evidence =
        List.of(
            evidence("e1", "runbook", "Runbook of the alert", "https://wiki.example/r"),
            evidence("e2", "runbook", "Runbook: Checkout is down", null),
            evidence("e3", "knowledge", "Similar incident: Database slow", null),
            evidence("e4", "prometheus", "Pool", "http://prometheus.example/graph"));

    Context context = fromEvidence(incident("a"), evidence);

    assertThat(context.nextSteps())
        .containsExactly(
            "Read the runbook: https://wiki.example/r",
            "Read the runbook “Checkout is down”",
            "Compare with the similar incident in e3");
    assertThat(context.summary()).endsWith("a. Similar incident: Database slow.");
    assertThat(context.evidence()).isEqualTo(evidence);
    assertThat(context.model()).isNull();
    assertThat(context.probableCause()).isNull();
  }

  private static Context fromEvidence(Incident incident, List<Evidence> evidence) {
    return new Contexts(new Masker()).ofEvidence(incident, evidence, null, NOW, NOW);
  }

  private static Evidence evidence(
      String id, String source, String title, @org.jspecify.annotations.Nullable String link) {
    return new Evidence(id, source, title, "", "", NOW, link);
  }

  private static Incident incident(String... titles) {
    List<IncidentAlert> alerts = new ArrayList<>();
    for (String title : titles) {
      alerts.add(alert(title));
    }
    Incident incident =
        Incident.opened(
            SampleIncidents.opened(
                "inc_checkout", titles[0], alerts.getFirst(), SampleIncidents.BEGAN));
    for (IncidentAlert alert : alerts.subList(1, alerts.size())) {
      incident =
          incident.after(
              new IncidentEvent.AlertAdded("inc_checkout", SampleIncidents.BEGAN, 1, alert));
    }
    return incident;
  }

  private static IncidentAlert alert(String title) {
    IncidentAlert a = SampleIncidents.alert("");
    return new IncidentAlert(
        title + "-0",
        a.source(),
        a.org(),
        "fp-" + title,
        a.kind(),
        a.status(),
        a.severity(),
        title,
        a.labels(),
        a.annotations(),
        a.startsAt(),
        null,
        a.receivedAt(),
        a.values(),
        a.links(),
        0);
  }
}
