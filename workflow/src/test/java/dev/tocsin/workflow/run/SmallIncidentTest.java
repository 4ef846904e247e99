// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.run;

import static dev.tocsin.schemas.alert.Links.NONE;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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

  @ParameterizedTest
  @CsvSource({
    // letter, bytes it takes: of thirty thousand of them, so many alerts are kept whole
    "20, 1",
    "78, 1",
    "7f, 1",
    "22, 2",
    "5c, 2",
    "80, 2",
    "7ff, 2",
    "800, 3",
    "6f22, 3",
    "1f, 6"
  })
  void letter_takesAsMuchRoomAsItsBytes(String hexadecimal, int bytes) {
    String letter = Character.toString(Integer.parseInt(hexadecimal, 16));
    Map<String, String> labels = new TreeMap<>();
    for (int i = 0; i < 30; i++) {
      labels.put("label" + i, letter.repeat(1_000));
    }

    Incident incident = with(20, i -> alert(i, labels, Map.of(), null));

    assertThat(incident.alerts().values().stream().filter(a -> !a.labels().isEmpty()))
        .hasSize(9 / bytes);
    assertThat(Json.MAPPER.writeValueAsBytes(letter)).hasSize(bytes + 2);
  }

  static Stream<Arguments> parts() {
    Map<String, String> texts = new TreeMap<>();
    Map<String, Double> values = new TreeMap<>();
    for (int i = 0; i < 30; i++) {
      texts.put("text" + i, "x".repeat(1_000));
      values.put(i + "x".repeat(1_000), 1.0);
    }
    // With its title, ten times this is exactly what there is room for.
    String link = "x".repeat(30_000 - "Down".length());
    Links linked = new Links(link, null, null, null, null, null);
    Links more = new Links(link + 'x', null, null, null, null, null);
    return Stream.of(
        row("labels", i -> alert(i, texts, Map.of(), null), 9),
        row("annotations", i -> alert(i, Map.of(), texts, Map.of(), NONE), 9),
        row("values", i -> alert(i, Map.of(), values, null), 9),
        row("link", i -> alert(i, Map.of(), Map.of(), Map.of(), linked), 10),
        row("link and one letter", i -> alert(i, Map.of(), Map.of(), Map.of(), more), 9));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parts")
  void everyPartOfAnAlert_takesItsRoom(String part, IntFunction<IncidentAlert> alert, int kept) {
    Incident incident = with(20, alert);

    assertThat(incident.alerts().values().stream().filter(a -> !isBare(a))).hasSize(kept);
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
    assertThat(last.links()).isEqualTo(NONE);
    assertThat(last.title()).isEqualTo("Down");
    assertThat(last.severity()).isEqualTo(Severity.ERROR);
    assertThat(last.status()).isEqualTo(AlertStatus.FIRING);
  }

  private static Arguments row(String part, IntFunction<IncidentAlert> alert, int kept) {
    return Arguments.of(part, alert, kept);
  }

  private static boolean isBare(IncidentAlert a) {
    return a.labels().isEmpty()
        && a.annotations().isEmpty()
        && a.values().isEmpty()
        && a.links().equals(NONE);
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
      int number, Map<String, String> labels, Map<String, Double> values, @Nullable String link) {
    return alert(number, labels, Map.of(), values, new Links(link, link, link, link, link, link));
  }

  private static IncidentAlert alert(
      int number,
      Map<String, String> labels,
      Map<String, String> annotations,
      Map<String, Double> values,
      Links links) {
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
        annotations,
        Samples.T0,
        null,
        Samples.T0,
        values,
        links,
        0);
  }
}
