// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.topic.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // its own status, its own state, the message's status, its end -> what it is taken for
        "firing,   -,        resolved, 2026-03-02T09:00:00Z, FIRING",
        "resolved, -,        firing,   -,                    RESOLVED",
        "RESOLVED, -,        firing,   -,                    RESOLVED",
        "-,        ok,       firing,   -,                    RESOLVED",
        "-,        Normal,   firing,   -,                    RESOLVED",
        "-,        alerting, resolved, -,                    FIRING",
        "ok,       alerting, firing,   -,                    RESOLVED",
        "pending,  -,        resolved, -,                    FIRING",
        "gelöst,   -,        resolved, -,                    FIRING",
        // without a word of its own
        "-,        -,        resolved, -,                    RESOLVED",
        "-,        -,        firing,   -,                    FIRING",
        "-,        -,        -,        -,                    FIRING",
        "-,        -,        firing,   2026-03-02T10:00:00Z, RESOLVED",
        "-,        -,        firing,   2026-03-02T10:00:01Z, FIRING",
        "' ',      ' ',      resolved, -,                    RESOLVED"
      })
  void status_isTheAlertsOwn_elseItsEndsOrTheMessages(
      String own, String state, String message, Instant endsAt, AlertStatus expected) {
    assertThat(
            Wording.status(
                members("status", own, "state", state), members("status", message), endsAt, NOW))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // name, summary, description -> title
        "DiskFull, -,               -,      DiskFull",
        "DiskFull, 91 % of /var,    -,      DiskFull: 91 % of /var",
        "DiskFull, DiskFull on db1, -,      DiskFull on db1",
        "-,        91 % of /var,    -,      91 % of /var",
        "-,        -,               /var,   /var",
        "DiskFull, ' ',             /var,   DiskFull",
        "-,        -,               -,      Alert without a name",
        "-,        -,               '',     Alert without a name",
        "' ',      '',              ' ',    Alert without a name"
      })
  void title_isNeverEmpty(String name, String summary, String description, String expected) {
    Map<String, String> annotations = entries("summary", summary, "description", description);

    assertThat(Wording.title(entries("alertname", name), annotations)).isEqualTo(expected);
  }

  @Test
  void labels_areTheAlertsOwn_orThoseOfAllWhereItHasNone() {
    Members top = read("{\"commonLabels\":{\"service\":\"shop\"}}");

    assertThat(Wording.labels(read("{\"labels\":{\"pod\":\"a\"}}"), top))
        .isEqualTo(Map.of("pod", "a"));
    assertThat(Wording.labels(read("{\"labels\":{}}"), top)).isEqualTo(Map.of("service", "shop"));
    assertThat(Wording.labels(read("{}"), top)).isEqualTo(Map.of("service", "shop"));
  }

  @Test
  void annotationsOfAll_standInOnlyWhereTheAlertHasNoMemberForThem() {
    Members top =
        read(
            "{\"receiver\":\"on\\\\-call \\\\(eu\\\\)\",\"commonAnnotations\":{\"summary\":\"all\"}}");

    assertThat(Wording.annotations(read("{}"), top))
        .isEqualTo(Map.of("summary", "all", "tocsin_receiver", "on-call (eu)"));
    assertThat(Wording.annotations(read("{\"annotations\":{}}"), top))
        .isEqualTo(Map.of("tocsin_receiver", "on-call (eu)"));
  }

  private static Members members(String... namesAndValues) {
    return new Members(Json.MAPPER.valueToTree(entries(namesAndValues)));
  }

  private static Map<String, String> entries(String... namesAndValues) {
    Map<String, String> entries = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] != null) {
        entries.put(namesAndValues[i], namesAndValues[i + 1]);
      }
    }
    return entries;
  }

  private static Members read(String json) {
    return new Members(Json.MAPPER.readTree(json));
  }
}
