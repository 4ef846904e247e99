// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class StartReportTest {

  private static List<String> report(Map<String, Object> variables) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    ConfigurationPropertySources.attach(environment);
    return new StartReport(environment)
        .lines("kafka:9092", "/srv/tocsin", 8080, 8081, ", log in as admin with 0123");
  }

  @Test
  void loggersThatTheReportSpeaksFor_areThoseOfClasses() {
    assertThat(Everything.REPORTED)
        .allSatisfy(name -> assertThat(Class.forName(name).getName()).isEqualTo(name));
  }

  @Test
  void whatIsNotSet_isOff_withTheKeyThatTurnsItOn() {
    assertThat(report(Map.of()))
        .contains(
            "  on   console                  http://localhost:8081, log in as admin with 0123",
            "  off  source grafana           turn on with TOCSIN_INGEST_SOURCES_GRAFANA_TOKEN or"
                + " _HMAC_SECRET",
            "  off  PagerDuty API            turn on with TOCSIN_PAGERDUTY_API_TOKEN and _FROM")
        .noneMatch(line -> line.contains("source shop"));
  }

  @Test
  void sourcesOfOnesOwn_areNamedLikeTheOthers() {
    assertThat(
            report(
                Map.of(
                    "TOCSIN_INGEST_SOURCES_SHOP_HMAC_SECRET", "s3cret",
                    "TOCSIN_INGEST_SOURCES_OFFICE_TYPE", "grafana",
                    "TOCSIN_INGEST_SOURCES_LAB_OPEN", "true",
                    "TOCSIN_INGEST_SOURCES_GRAFANA_TOKEN", "t0ken",
                    "TOCSIN_INGEST_SOURCES_GRAFANA_ENABLED", "false")))
        .containsSequence(
            "  off  source grafana           turn on with"
                + " TOCSIN_INGEST_SOURCES_GRAFANA_ENABLED=true",
            "  off  source alertmanager      turn on with"
                + " TOCSIN_INGEST_SOURCES_ALERTMANAGER_TOKEN or _HMAC_SECRET",
            "  off  source prometheus        turn on with TOCSIN_INGEST_SOURCES_PROMETHEUS_TOKEN or"
                + " _HMAC_SECRET",
            "  on   source lab               messages are accepted from anybody",
            "  off  source office            turn on with TOCSIN_INGEST_SOURCES_OFFICE_TOKEN or"
                + " _HMAC_SECRET",
            "  on   source shop              authenticated messages are accepted");
  }
}
