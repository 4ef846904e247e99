// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Links;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.incident.Incident;
import dev.tocsin.schemas.incident.IncidentAlert;
import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.workflow.Samples;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallIncidentTest {

  /** The state of an incident's runs is at most 900 kB, and has more to carry than the incident. */
  private static final int FITS = 600_000;

  private static final String SIGN = "漢";

  @Test
  void usualAlerts_areKeptAsTheyAre() {
    Incident incident =
        with(50, i -> alert(i, Map.of("service", "checkout"), Map.of("A", 0.97), ""));

    assertThat(incident.alerts()).hasSize(50);
    assertThat(incident.alerts().values())
        .allMatch(a -> a.labels().size() == 1 && a.values().size() == 1);
  }

  @Test
  void manyAlertsWithLongLinks_fitARecord() {
    String link = "https://grafana.example/" + "x".repeat(2_000);

    assertThat(bytes(with(200, i -> alert(i, Map.of(), Map.of(), link)))).isLessThan(FITS);
  }

  @Test
  void manyAlertsWithManyValues_fitARecord() {
    Map<String, Double> values = new TreeMap<>();
    for (int i = 0; i < 64; i++) {
      values.put(i + SIGN.repeat(250), Math.PI);
    }

    assertThat(bytes(with(200, i -> alert(i, Map.of(), values, "")))).isLessThan(FITS);
  }

  /** A sign takes three bytes, and what cannot be seen six. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "ü", SIGN, "\u0001", "\""})
  void manyAlertsWithMuchOfEverything_fitARecord(String letter) {
    Map<String, String> labels = new TreeMap<>();
    for (int i = 0; i < 30; i++) {
      labels.put("label" + i, letter.repeat(1_000));
    }

    assertThat(
            bytes(
                with(
                    200,
                    i ->
                        alert(
                            i,
                            labels,
                            Map.of("A", 1.0),
                            "https://x.example/" + "x".repeat(2_000)))))
        .isLessThan(FITS);
  }

  @Test
  void alertThatIsOneTooMany_losesWhatDescribesIt_notWhatItIs() {
    Map<String, String> labels = new TreeMap<>();
    for (int i = 0; i < 40; i++) {
      labels.put("label" + i, "x".repeat(1_000));
    }
    Incident incident = with(10, i -> alert(i, labels, Map.of("A", 1.0), "https://x.example/"));

    IncidentAlert last = incident.alerts().get(alert(9, labels, Map.of(), "").identity());
    assertThat(last.labels()).isEmpty();
    assertThat(last.links()).isEqualTo(Links.NONE);
    assertThat(last.title()).isEqualTo("Down");
    assertThat(last.severity()).isEqualTo(Severity.ERROR);
    assertThat(last.status()).isEqualTo(AlertStatus.FIRING);
  }

  private static Incident with(int alerts, IntFunction<IncidentAlert> alert) {
    Incident incident = SmallIncident.opened(Samples.opened(alert.apply(0)));
    for (int i = 1; i < alerts; i++) {
      incident =
          SmallIncident.after(
              incident,
              new IncidentEvent.AlertAdded(Samples.INCIDENT, Samples.T0, 1, alert.apply(i)));
    }
    return incident;
  }

  private static int bytes(Incident incident) {
    return Json.MAPPER.writeValueAsBytes(incident).length;
  }

  private static IncidentAlert alert(
      int number, Map<String, String> labels, Map<String, Double> values, String link) {
    return new IncidentAlert(
        "r" + number + "-0",
        "grafana",
        "1",
        "fp-" + number,
        AlertKind.CONDITION,
        AlertStatus.FIRING,
        Severity.ERROR,
        "Down",
        labels,
        Map.of(),
        Samples.T0,
        null,
        Samples.T0,
        values,
        new Links(link, link, link, link, link, link),
        0);
  }
}
