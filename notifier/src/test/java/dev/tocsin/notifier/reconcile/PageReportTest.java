// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.topic.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageReportTest {

  private static final String ACKNOWLEDGER =
      "'acknowledgements':[{'acknowledger':{'summary':'Ada'}}]";
  private static final String CHANGER = "'last_status_change_by':{'summary':'Grace'}";
  private static final String ASSIGNEE = "'assignments':[{'assignee':{'summary':'Edsger'}}]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "acknowledged | " + ACKNOWLEDGER + "," + CHANGER + "," + ASSIGNEE + " | Ada",
        "acknowledged | 'acknowledgements':[]," + CHANGER + "," + ASSIGNEE + " | Grace",
        "acknowledged | 'last_status_change_by':null," + ASSIGNEE + " | Edsger",
        "acknowledged | 'assignments':[] | somebody",
        "resolved | " + ACKNOWLEDGER + "," + CHANGER + " | Grace",
        "resolved | " + ACKNOWLEDGER + "," + ASSIGNEE + " | somebody",
        "resolved | 'last_status_change_by':{'summary':7,'x':[]} | 7",
      })
  void by_isWhomPagerDutyNames(String status, String who, String expected) {
    assertThat(read("{'id':'P1','status':'" + status + "'," + who + "}").orElseThrow().by())
        .isEqualTo(expected);
  }

  @Test
  void key_mayBeMissing() {
    assertThat(
            read("{'id':'P1','status':'triggered','incident_key':null}").orElseThrow().dedupKey())
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "'text'",
        "{'id':'P1'}",
        "{'id':'P1','status':'new'}",
        "{'status':'resolved'}"
      })
  void whatIsNoIncident_isNoReport(String json) {
    assertThat(read(json)).isEmpty();
  }

  @Test
  void openIncident_countsMoreThanALaterResolvedOne() {
    PageReport open = report("P1", PageReport.Status.TRIGGERED, "2026-01-01");
    PageReport over = report("P2", PageReport.Status.RESOLVED, "2026-01-02");
    PageReport laterOver = report("P3", PageReport.Status.RESOLVED, "2026-01-03");
    assertThat(open.orBetter(over)).isEqualTo(open);
    assertThat(over.orBetter(open)).isEqualTo(open);
    assertThat(over.orBetter(laterOver)).isEqualTo(laterOver);
    assertThat(laterOver.orBetter(over)).isEqualTo(laterOver);
  }

  private static PageReport report(String id, PageReport.Status status, String createdAt) {
    return new PageReport(id, null, status, createdAt, "Ada", null, null);
  }

  private static Optional<PageReport> read(String json) {
    return PageReport.read(Json.MAPPER.readTree(json.replace('\'', '"')));
  }
}
