// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source;

import static dev.tocsin.testkit.alert.SampleAlerts.API_DOWN;
import static dev.tocsin.testkit.alert.SampleAlerts.API_SLOW;
import static dev.tocsin.testkit.alert.SampleAlerts.API_UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.ingest.body.LimitSettings;
import dev.tocsin.ingest.source.AlertSource.Fit;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every kind of source does, whatever its messages look like. */
public abstract class AlertSourceContract {

  private static final Instant NOW = Instant.parse("2026-11-22T10:05:00Z");

  protected abstract AlertSource source();

  /** A message as the system sends it. */
  protected abstract String message(Alert... alerts);

  @Test
  void type_isAWordForSettings() {
    assertThat(source().type()).matches("[a-z][a-z0-9-]*");
  }

  @Test
  void ownMessage_isKnownForCertain() throws Unreadable {
    assertThat(source().fits(parsed(message(API_DOWN)))).isEqualTo(Fit.CERTAIN);
  }

  @Test
  void somethingElse_isNotTakenForOne() throws Unreadable {
    assertThat(source().fits(parsed("{\"hello\":\"world\"}"))).isEqualTo(Fit.NO);
  }

  @Test
  void alerts_areReportedInTheirOrder_withWhatIdentifiesThem() throws Unreadable {
    List<Report> reports = read(message(API_UP, API_SLOW));
    assertThat(reports)
        .extracting(Report::status)
        .containsExactly(AlertStatus.RESOLVED, AlertStatus.FIRING);
    assertThat(reports)
        .extracting(Report::labels)
        .containsExactly(API_UP.labels(), API_SLOW.labels());
    assertThat(reports)
        .extracting(Report::startsAt)
        .containsExactly(API_UP.startsAt(), API_SLOW.startsAt());
  }

  @Test
  void everyReport_hasATitleItsRawWordsAndALevel() throws Unreadable {
    assertThat(read(message(API_DOWN, API_SLOW)))
        .allSatisfy(
            report -> {
              assertThat(report.title()).isNotBlank();
              assertThat(report.raw()).startsWith("{").endsWith("}");
              assertThat(report.severity()).isNotNull();
            });
  }

  @Test
  void sameMessage_saysTheSameAgain() throws Unreadable {
    assertThat(read(message(API_DOWN))).isEqualTo(read(message(API_DOWN)));
  }

  private List<Report> read(String body) throws Unreadable {
    return source().read(parsed(body), NOW);
  }

  private static Message parsed(String body) throws Unreadable {
    return new MessageReader(LimitSettings.DEFAULT).read(body.getBytes(StandardCharsets.UTF_8));
  }
}
