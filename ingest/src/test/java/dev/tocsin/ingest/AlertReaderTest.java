// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static dev.tocsin.ingest.Readers.NOW;
import static dev.tocsin.ingest.Readers.alert;
import static dev.tocsin.ingest.Readers.read;
import static dev.tocsin.testkit.alert.SampleAlerts.API_DOWN;
import static dev.tocsin.testkit.alert.SampleAlerts.API_NO_DATA;
import static dev.tocsin.testkit.alert.SampleAlerts.API_RULE_UPDATED;
import static dev.tocsin.testkit.alert.SampleAlerts.API_SLOW;
import static dev.tocsin.testkit.alert.SampleAlerts.API_UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.ingest.AlertReader.Reading;
import dev.tocsin.ingest.refusal.Refusal;
import dev.tocsin.ingest.refusal.RefusalReason;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertKind;
import dev.tocsin.schemas.alert.AlertStatus;
import dev.tocsin.schemas.alert.Severity;
import dev.tocsin.schemas.topic.Topics;
import dev.tocsin.testkit.alert.SampleMessages;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertReaderTest {

  @ParameterizedTest
  @ValueSource(strings = {"grafana", "alertmanager"})
  void grafanaMessage_isMappedWhereverItWasPosted(String type) {
    Alert down = alert(type, SampleMessages.grafana(API_DOWN));

    assertThat(down)
        .usingRecursiveComparison()
        .ignoringFields(
            "id", "receipt", "source", "receivedAt", "links", "raw", "annotations", "groupLabels")
        .isEqualTo(API_DOWN);
    assertThat(down.id()).isEqualTo("rcp_test-0");
    assertThat(down.receivedAt()).isEqualTo(NOW);
    assertThat(down.groupLabels()).isEqualTo(API_DOWN.groupLabels());
    assertThat(down.annotations())
        .containsAllEntriesOf(API_DOWN.annotations())
        .containsEntry("tocsin_receiver", "on-call (shop)");
    assertThat(down.links().dashboard()).startsWith("https://grafana.shop.example/d/shop");
    assertThat(down.raw()).startsWith("{\"status\":\"firing\"").endsWith("}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"grafana", "alertmanager"})
  void alertmanagerMessage_isMappedWhereverItWasPosted(String type) {
    List<Alert> alerts = read(type, SampleMessages.alertmanager(API_UP, API_SLOW)).alerts();

    assertThat(alerts)
        .extracting(Alert::status)
        .containsExactly(AlertStatus.RESOLVED, AlertStatus.FIRING);
    assertThat(alerts).extracting(Alert::org).containsOnly("");
    assertThat(alerts.getFirst().endsAt()).isEqualTo(API_UP.endsAt());
    assertThat(alerts.get(1).endsAt()).isNull();
    assertThat(alerts)
        .extracting(Alert::fingerprint)
        .containsExactly(API_UP.fingerprint(), API_SLOW.fingerprint());
    assertThat(alerts)
        .extracting(Alert::group)
        .containsOnly("org=1,cluster=eu-1,namespace=shop,service=checkout-api");
  }

  @Test
  void secondGrafanaOfAPair_saysTheSame() {
    String message = SampleMessages.grafana(API_DOWN);

    assertThat(alert("grafana", message))
        .usingRecursiveComparison()
        .isEqualTo(alert("grafana", message));
  }

  @Test
  void resolvedBecauseTheRuleChanged_keepsTheReason() {
    Alert updated = alert("grafana", SampleMessages.grafana(API_RULE_UPDATED));

    assertThat(updated.status()).isEqualTo(AlertStatus.RESOLVED);
    assertThat(updated.stateReason()).isEqualTo("Updated");
  }

  @Test
  void noData_isItsOwnKindUnderTheRulesName() {
    Alert noData = alert("grafana", SampleMessages.grafana(API_NO_DATA));

    assertThat(noData.kind()).isEqualTo(AlertKind.NO_DATA);
    assertThat(noData.title()).isEqualTo("ApiDown: no data");
    assertThat(noData.group()).isEqualTo(API_DOWN.group());
  }

  @Test
  void testButton_isKnownByLabelsAndByGroupKey() {
    String test = SampleMessages.grafanaTest();
    String relabelled = test.replace("TestAlert", "Mine").replace("\"Grafana\"", "\"x\"");

    assertThat(alert("grafana", test).kind()).isEqualTo(AlertKind.TEST);
    assertThat(alert("grafana", relabelled).kind()).isEqualTo(AlertKind.TEST);
    assertThat(alert("grafana", SampleMessages.grafana(API_DOWN)).kind())
        .isEqualTo(AlertKind.CONDITION);
  }

  @Test
  void truncatedGroup_saysHowManyAreMissing() {
    assertThat(alert("grafana", SampleMessages.grafanaTruncated(7, API_DOWN)).truncated())
        .isEqualTo(7);
  }

  @Test
  void legacyStates_areMapped() {
    Alert firing = alert("grafana", SampleMessages.legacyGrafana(17, "Unpaid carts", "alerting"));
    Alert over = alert("grafana", SampleMessages.legacyGrafana(17, "Unpaid carts", "ok"));
    Alert paused = alert("grafana", SampleMessages.legacyGrafana(17, "Unpaid carts", "paused"));
    Alert silent = alert("grafana", SampleMessages.legacyGrafana(17, "Unpaid carts", "no_data"));

    assertThat(firing.status()).isEqualTo(AlertStatus.FIRING);
    assertThat(firing.values()).isEqualTo(Map.of("unpaid", 41.5));
    assertThat(firing.startsAt()).isEqualTo(firing.receivedAt());
    assertThat(over.status()).isEqualTo(AlertStatus.RESOLVED);
    assertThat(over.fingerprint()).isEqualTo(firing.fingerprint());
    assertThat(over.group()).isEqualTo(firing.group());
    assertThat(paused.stateReason()).isEqualTo("Paused");
    assertThat(silent.kind()).isEqualTo(AlertKind.NO_DATA);
  }

  @Test
  void legacyIdBeyondLong_isKept() {
    String huge =
        SampleMessages.legacyGrafana(17, "Unpaid carts", "alerting")
            .replace("\"ruleId\":17", "\"ruleId\":98765432109876543210");

    assertThat(alert("grafana", huge).labels()).containsEntry("rule_id", "98765432109876543210");
  }

  @Test
  void sloppyAlert_isReadAsFarAsItGoes() {
    Alert alert =
        alert(
            "grafana",
            """
            {"Alerts":[{"Status":"Firing","Labels":{"alertname":"Loose","shard":7,"gone":null},
              "Annotations":null,"StartsAt":"2026-11-22 10:00","values":{"A":1e400,"B":"2.5","C":3},
              "valueString":"","new":{"x":[1]}}],"commonAnnotations":null}""");

    assertThat(alert.status()).isEqualTo(AlertStatus.FIRING);
    assertThat(alert.labels()).isEqualTo(Map.of("alertname", "Loose", "shard", "7"));
    assertThat(alert.values()).isEqualTo(Map.of("B", 2.5, "C", 3.0));
    assertThat(alert.startsAt()).isEqualTo(NOW);
    assertThat(alert.annotations().get("tocsin_notes")).contains("did not say when it began");
  }

  @Test
  void valuesOnlyInText_areFound() {
    Alert alert =
        alert(
            "grafana",
            """
            {"alerts":[{"status":"firing","labels":{"alertname":"Old"},"values":null,"valueString":
            "[ var='A' metric='{\\"a\\"}' labels={x=] value=9} value=1.5 ], [ var='B' labels={} value=-2e+03 ]"}]}""");

    assertThat(alert.values()).isEqualTo(Map.of("A", 1.5, "B", -2000.0));
  }

  @Test
  void bareArrayOfAlerts_isRead() {
    List<Alert> alerts =
        read(
                "grafana",
                """
                [{"labels":{"alertname":"One"},"startsAt":"2026-11-22T10:00:00Z","endsAt":"2026-11-22T10:04:00Z"},
                 {"labels":{"alertname":"Two"},"status":{"state":"suppressed"},"endsAt":"2026-11-22T10:09:00Z"}]""")
            .alerts();

    assertThat(alerts)
        .extracting(Alert::status)
        .containsExactly(AlertStatus.RESOLVED, AlertStatus.FIRING);
    assertThat(alerts.getFirst().startsAt()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
  }

  @Test
  @Tag("bad-input-51")
  void fingerprintLeftOut_isTheSameAsPrometheusGives() {
    assertThat(
            alert(
                    "alertmanager",
                    "{\"alerts\":[{\"labels\":{\"lbl1\":\"val1\",\"alertname\":\"alert1\"}}]}")
                .fingerprint())
        .isEqualTo("fac0861a85de433a");
  }

  @Test
  @Tag("bad-input-51")
  void labelsInAnyOrder_areOneAlertInOneGroup() {
    Alert one =
        alert(
            "alertmanager",
            "{\"alerts\":[{\"labels\":{\"alertname\":\"A\",\"z\":\"1\",\"b\":\"2\"}}]}");
    Alert other =
        alert(
            "alertmanager",
            "{\"alerts\":[{\"labels\":{\"b\":\"2\",\"z\":\"1\",\"alertname\":\"A\"}}]}");

    assertThat(other.fingerprint()).isEqualTo(one.fingerprint());
    assertThat(other.group()).isEqualTo(one.group());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "{",
        "{}",
        "[]",
        "null",
        "7",
        "\"text\"",
        "{\"alerts\":null}",
        "{\"alerts\":{}}",
        "{\"alerts\":[]}",
        "{\"alerts\":[null,null]}",
        "[1,2]",
        "{\"custom\":\"payload\"}",
        "{\"alerts\":[{}]}",
        "{'alerts':[]}",
        "{\"alerts\":[]}{}",
        "// hi\n{}",
        "{\"a\":NaN}",
        "{\"status\":\"firing\",\"status\":\"resolved\",\"alerts\":[{\"labels\":{\"a\":\"b\"}}]}"
      })
  void authenticButUnreadable_becomesAnAlertThatSaysSo(String body) {
    Reading reading = read("grafana", body);

    assertThat(reading.unreadable()).isNotBlank();
    Alert alert = reading.alerts().getFirst();
    assertThat(alert.kind()).isEqualTo(AlertKind.UNREADABLE);
    assertThat(alert.severity()).isEqualTo(Severity.ERROR);
    assertThat(alert.group()).isEqualTo("unreadable/grafana");
    assertThat(alert.annotations()).containsEntry("receipt", "rcp_test");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"x\"', a text",
    "12, a number",
    "true, true or false",
    "null, the word null",
    "'  ', nothing but space"
  })
  void whatIsNeitherObjectNorArray_isNamedInWords(String body, String words) {
    assertThat(read("grafana", body).unreadable())
        .isEqualTo("neither an object nor an array, but " + words);
  }

  @Test
  void invalidUtf8_isUnreadableAndKept() {
    byte[] body = "{\"alerts\":[{\"labels\":{\"a\":\"xx\"}}]}".getBytes(StandardCharsets.UTF_8);
    body[body.length - 6] = (byte) 0xc0;

    assertThat(read("grafana", body).unreadable()).contains("not JSON");
  }

  @Test
  void messageReadInPart_keepsWhatCanBeReadAndReportsTheRest() {
    Reading reading =
        read("alertmanager", "{\"alerts\":[null,{\"labels\":{\"alertname\":\"A\"}}]}");

    assertThat(reading.alerts())
        .extracting(Alert::kind)
        .containsExactly(AlertKind.CONDITION, AlertKind.UNREADABLE);
    assertThat(reading.alerts()).extracting(Alert::id).doesNotHaveDuplicates();
    assertThat(reading.unreadable()).isEqualTo("alert 1 is null");
  }

  @Test
  void tooDeepOrTooMuch_isRefused() {
    String keys =
        IntStream.range(0, 150_000)
            .mapToObj(i -> "\"k" + i + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    String many = "[" + "{\"labels\":{}},".repeat(2001) + "{}]";

    assertRefused("[".repeat(10_000), RefusalReason.TOO_COMPLEX);
    assertRefused(keys, RefusalReason.TOO_COMPLEX);
    assertRefused("{\"" + "k".repeat(1_000_000) + "\":1}", RefusalReason.TOO_COMPLEX);
    assertRefused("{\"a\":" + "9".repeat(10_000) + "}", RefusalReason.TOO_COMPLEX);
    assertRefused(many, RefusalReason.TOO_MANY_ALERTS);
  }

  @Test
  @Tag("bad-input-63")
  void hugeAlert_isCutUntilItFitsIntoARecord() {
    String labels =
        IntStream.range(0, 500)
            .mapToObj(i -> "\"l%03d\":\"%s\"".formatted(i, "\\u0001\\ud800".repeat(300)))
            .collect(Collectors.joining(",", "{", "}"));
    String body =
        "{\"alerts\":[{\"labels\":%s,\"annotations\":{\"summary\":\"%s\"}}]}"
            .formatted(labels, "😀".repeat(100_000));

    Alert alert = alert("alertmanager", body);

    assertThat(alert.annotations().get("tocsin_notes")).contains("of 500 labels kept");
    assertThat(Topics.ALERTS.valueSerde().serializer().serialize("any", alert))
        .hasSizeLessThan(1_000_000);
  }

  @Test
  void strangeKeysAndLinks_areOnlyText() {
    Alert alert =
        alert(
            "alertmanager",
            """
            {"alerts":[{"labels":{"alertname":"../../etc/passwd","__proto__":"x","@class":"java.io.File",
              "a.b\\"c\\n\\u0000":"\\u202e"},"generatorURL":"javascript:alert(1)"}]}""");

    assertThat(alert.labels()).containsEntry("@class", "java.io.File").hasSize(4);
    assertThat(alert.title()).isEqualTo("../../etc/passwd");
    assertThat(alert.links().generator()).isEqualTo("javascript:alert(1)");
  }

  private static void assertRefused(String body, RefusalReason reason) {
    assertThatThrownBy(() -> read("grafana", body))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.reason()).isEqualTo(reason));
  }
}
