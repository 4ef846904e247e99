// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.ConfigurationProperties;

class KnownKeysTest {

  private record Source(String token, String hmacSecret) {}

  private record Query(String promql) {}

  @ConfigurationProperties(prefix = "tocsin.ingest")
  private record IngestSettings(
      Map<String, Source> sources, List<String> groupBy, List<Query> queries) {}

  private final KnownKeys keys =
      new KnownKeys(List.of(IngestSettings.class), List.of("tocsin.data-dir"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TOCSIN_INGEST_SOURCES_GRAFANA_TOKEN",
        "TOCSIN_INGEST_SOURCES_MY_OWN_HMAC_SECRET",
        "TOCSIN_INGEST_SOURCES_GRAFANA_HMACSECRET",
        "TOCSIN_INGEST_GROUP_BY",
        "TOCSIN_INGEST_GROUPBY",
        "TOCSIN_INGEST_QUERIES_0_PROMQL",
        "TOCSIN_DATA_DIR",
        "PATH"
      })
  void environment_isKnown(String name) {
    assertThat(keys.complaints(Set.of(name), Set.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tocsin.ingest.sources.grafana.hmac-secret",
        "tocsin.ingest.group-by",
        "tocsin.ingest.group-by[0]",
        "tocsin.ingest.queries[3].promql",
        "spring.kafka.bootstrap-servers"
      })
  void property_isKnown(String name) {
    assertThat(keys.complaints(Set.of(), Set.of(name))).isEmpty();
  }

  @Test
  void misspeltEnvironment_isComplainedOfWithTheNearestRightName() {
    assertThat(keys.complaints(Set.of("TOCSIN_INGEST_SOURCES_GRAFANA_TOKNE"), Set.of()))
        .containsExactly(
            "TOCSIN_INGEST_SOURCES_GRAFANA_TOKNE is no setting; did you mean TOCSIN_INGEST_SOURCES_<NAME>_TOKEN?");
    assertThat(keys.complaints(Set.of("TOCSIN_DATADIRR"), Set.of()))
        .containsExactly("TOCSIN_DATADIRR is no setting; did you mean TOCSIN_DATA_DIR?");
  }

  @Test
  void misspeltProperty_isComplainedOfWithTheNearestRightName() {
    assertThat(keys.complaints(Set.of(), Set.of("tocsin.data-dri")))
        .containsExactly("tocsin.data-dri is no setting; did you mean tocsin.data-dir?");
  }

  @ParameterizedTest
  @CsvSource({
    "tocsn.data-dir, ; did you mean tocsin.data-dir?",
    "toscin.ingest.group-by, ; did you mean tocsin.ingest.group-by?",
    "tocsin, ''",
    "tocsin[0], ''"
  })
  void propertyWithAMisspeltRoot_orWithoutAName_isComplainedOf(String name, String instead) {
    assertThat(keys.complaints(Set.of(), Set.of(name)))
        .containsExactly(name + " is no setting" + instead);
  }

  @Test
  void environmentWithAMisspeltRoot_isComplainedOfWhenItIsNearlyAKey() {
    assertThat(keys.complaints(Set.of("TOSCIN_DATA_DIR", "TOXIN_HOME", "DATA_DIR"), Set.of()))
        .containsExactly("TOSCIN_DATA_DIR is no setting; did you mean TOCSIN_DATA_DIR?");
  }
}
