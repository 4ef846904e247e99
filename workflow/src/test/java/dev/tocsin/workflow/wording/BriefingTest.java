// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.wording;

import static dev.tocsin.workflow.Samples.CONTEXT;
import static dev.tocsin.workflow.Samples.SLOW;
import static dev.tocsin.workflow.Samples.T0;
import static dev.tocsin.workflow.Samples.alert;
import static dev.tocsin.workflow.Samples.joined;
import static dev.tocsin.workflow.Samples.opened;
import static dev.tocsin.workflow.Samples.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.notification.Content.Link;
import dev.tocsin.schemas.notification.Content.Paragraph;
import dev.tocsin.workflow.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BriefingTest {

  private static final Incident INCIDENT = Incident.opened(opened(SLOW));
  private static final Instant NOW = T0.plusSeconds(10);

  @Test
  void briefing_saysFirstWhatIsWrongAndWhatToDo() {
    assertThat(Phrases.text(Briefing.of(INCIDENT, CONTEXT, false, NOW)))
        .isEqualTo(
            """
            Summary
            Checkout answers slowly since the deployment at 03:10.

            Probable cause
            Release 4.2 holds database connections too long (72 % sure, says gpt-x)

            Next steps
            1. Roll back to 4.1
            2. Watch pool_used

            Firing
            CheckoutSlow, for 1 min, A=0.97
              CheckoutSlow for the last 5 minutes

            Evidence
            Connections in use [prometheus]: 98 of 100 since 03:11

            Labels
            alertname=CheckoutSlow, namespace=shop, service=checkout

            Incident
            inc_checkout, ERROR, opened 2026-11-22 03:14:05 UTC""");
  }

  @Test
  void briefing_withoutContextSaysWhetherSomeFollows() {
    assertThat(headings(Briefing.of(INCIDENT, null, true, NOW)))
        .containsExactly("Firing", "Labels", "Incident", "Still to come");
    assertThat(headings(Briefing.of(INCIDENT, null, false, NOW)))
        .containsExactly("Firing", "Labels", "Incident");
  }

  @Test
  void briefing_namesTenAlertsAndCountsTheRest() {
    Incident many = INCIDENT;
    for (int i = 0; i < 130; i++) {
      many = many.after(joined(alert("p-" + i, "Pod" + i, AlertKind.NO_DATA, Severity.ERROR, T0)));
    }

    List<String> firing = Briefing.of(many, null, false, NOW).getFirst().lines();

    assertThat(firing).hasSize(21).endsWith("and 121 more");
    assertThat(firing.get(2)).isEqualTo("Pod0 (the source gets no data), for 1 min, A=0.97");
    assertThat(Phrases.headline(many)).isEqualTo("CheckoutSlow (131 alerts firing)");
  }

  @Test
  @Tag("bad-input-89")
  void briefing_keepsHostileTextOnItsLine() {
    Incident hostile =
        Incident.opened(
            opened(
                alert(
                    "x",
                    "Down\n\nIncident\nall is well",
                    AlertKind.CONDITION,
                    Severity.ERROR,
                    T0)));

    assertThat(Briefing.of(hostile, null, false, NOW).getFirst().lines().getFirst())
        .startsWith("Down Incident all is well, for");
    assertThat(Phrases.headline(hostile)).isEqualTo("Down Incident all is well");
  }

  @Test
  void commonLabels_areThoseOfAllAlerts() {
    assertThat(Phrases.commonLabels(INCIDENT.after(joined(Samples.DOWN))))
        .containsOnlyKeys("service", "namespace");
  }

  @Test
  void places_areTheIncidentAndWebLinksOnce() {
    assertThat(Places.of(INCIDENT.after(joined(Samples.DOWN)), "http://localhost:8081/"))
        .containsExactly(
            new Link("Incident in Tocsin", "http://localhost:8081/incidents/inc_checkout"),
            new Link("Dashboard", "https://grafana.example/d/1"),
            new Link("Alert rule", "https://grafana.example/alerting/1"));
  }

  @Test
  void resolution_saysWhyAndAfterWhatTime() {
    assertThat(Phrases.resolved(INCIDENT, resolved(1)))
        .isEqualTo("Over after 5 min: no condition fires any more.");
  }

  @ParameterizedTest
  @CsvSource({
    "PT-5S, 0 s",
    "PT35S, 35 s",
    "PT4M59S, 4 min",
    "PT2H10M, 2 h 10 min",
    "PT3H, 3 h",
    "P3DT4H, 3 d 4 h"
  })
  void time_isSaidInItsLargestUnits(Duration time, String words) {
    assertThat(Times.lasting(T0, T0.plus(time))).isEqualTo(words);
  }

  private static List<String> headings(List<Paragraph> paragraphs) {
    return paragraphs.stream().map(Paragraph::heading).toList();
  }
}
