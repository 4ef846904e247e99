// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.ingest.body.LimitSettings;
import dev.tocsin.ingest.source.MessageReader;
import dev.tocsin.ingest.source.Report;
import dev.tocsin.ingest.source.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacyAlertTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // rule, name, title, state, message -> kind, status, reason, severity and title
        "7 | Disk | [Alerting] Disk | alerting | 91 %  | CONDITION FIRING null ERROR Disk: 91 %",
        "7 | Disk | [OK] Disk       | ok       |       | CONDITION RESOLVED null ERROR Disk",
        "7 | Disk | [Paused] Disk   | paused   |       | CONDITION RESOLVED Paused ERROR Disk",
        "7 | Disk | [Pending] Disk  | pending  |       | CONDITION FIRING Pending INFO Disk",
        "7 | Disk | [No Data] Disk  | no_data  |       | NO_DATA FIRING null ERROR Disk",
        "7 | Disk |                 |          |       | CONDITION FIRING null ERROR Disk",
        "7 | Disk |                 | kaputt   |       | CONDITION FIRING null ERROR Disk",
        "7 |      | [Alerting] Disk | alerting | 91 %  | CONDITION FIRING null ERROR Disk: 91 %",
        "7 |      | [No Data] Disk  | no_data  |       | NO_DATA FIRING null ERROR Disk",
        "7 |      | [Alerting]      | alerting |       | CONDITION FIRING null ERROR [Alerting]",
        "7 |      |                 | alerting |       | CONDITION FIRING null ERROR Alert without a name",
        "7 |      |                 | alerting | 91 %  | CONDITION FIRING null ERROR 91 %",
        "0 | Test rule         |    | alerting |       | TEST FIRING null ERROR Test rule",
        "0 | Test notification |    | alerting |       | TEST FIRING null ERROR Test notification",
        "7 | Test rule         |    | alerting |       | CONDITION FIRING null ERROR Test rule",
        "0 | Disk              |    | alerting |       | CONDITION FIRING null ERROR Disk"
      })
  void rule_isACondition(
      String id, String name, String title, String state, String message, String expected)
      throws Unreadable {
    Report report =
        report(
            "{\"ruleId\":%s,\"ruleName\":%s,\"title\":%s,\"state\":%s,\"message\":%s}"
                .formatted(id, quoted(name), quoted(title), quoted(state), quoted(message)));

    assertThat(
            "%s %s %s %s %s"
                .formatted(
                    report.kind(),
                    report.status(),
                    report.stateReason(),
                    report.severity(),
                    report.title()))
        .isEqualTo(expected);
  }

  @Test
  void ruleWithoutAName_hasNoLabelThatSaysNull_andIsOneWithItsEnd() throws Unreadable {
    Report firing = report("{\"ruleId\":7,\"state\":\"alerting\"}");
    Report over = report("{\"ruleId\":7,\"state\":\"ok\"}");

    assertThat(firing.labels()).isEqualTo(Map.of("rule_id", "7"));
    assertThat(firing.labels()).isEqualTo(over.labels());
    assertThat(firing.groupLabels()).isEqualTo(Map.of("rule_id", "7"));
    assertThat(firing.groupKey()).isEqualTo(over.groupKey()).isEqualTo("rule=7");
  }

  @Test
  void ruleThatIsNamedByATitleAlone_isOneWithItsEnd() throws Unreadable {
    Report firing = report("{\"ruleId\":7,\"title\":\"[Alerting] Disk\",\"state\":\"alerting\"}");
    Report over = report("{\"ruleId\":7,\"title\":\"[OK] Disk\",\"state\":\"ok\"}");

    assertThat(firing.labels()).isEqualTo(over.labels());
  }

  @Test
  void seriesThatMatched_areNoPartOfItsIdentity() throws Unreadable {
    Report firing =
        report(
            "{\"ruleId\":7,\"ruleName\":\"Disk\",\"tags\":{\"team\":\"db\"},\"evalMatches\":"
                + "[{\"metric\":\"/var\",\"value\":91.5},{\"metric\":\"/tmp\",\"value\":\"93\"},"
                + "{\"metric\":\"/var\",\"value\":1},{\"metric\":7,\"value\":1},{\"metric\":\"/x\"}]}");
    Report over = report("{\"ruleId\":7,\"ruleName\":\"Disk\",\"tags\":{\"team\":\"db\"}}");

    assertThat(firing.labels())
        .isEqualTo(over.labels())
        .isEqualTo(Map.of("alertname", "Disk", "rule_id", "7", "team", "db"));
    assertThat(firing.values()).isEqualTo(Map.of("/var", 91.5, "/tmp", 93.0));
  }

  private static Report report(String json) throws Unreadable {
    return LegacyAlert.report(
        new MessageReader(LimitSettings.DEFAULT).read(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String quoted(String text) {
    return text == null ? "null" : '"' + text + '"';
  }
}
