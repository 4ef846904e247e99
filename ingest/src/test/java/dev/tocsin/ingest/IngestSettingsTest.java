// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.core.env.StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

import dev.tocsin.ingest.auth.SourceSettings;
import dev.tocsin.ingest.source.SourceCatalog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class IngestSettingsTest {

  private final SourceCatalog catalog = new IngestConfiguration().sourceCatalog();

  @Test
  void environment_addsToTheSourcesOfTheFile() {
    IngestSettings settings =
        bind(
            Map.of("tocsin.ingest.sources.grafana.type", "grafana"),
            Map.of(
                "TOCSIN_INGEST_SOURCES_GRAFANA_TOKEN", "one, two",
                "TOCSIN_INGEST_SOURCES_GRAFANA_HMAC_SECRET", "s1,s2",
                "TOCSIN_INGEST_SOURCES_GRAFANA_HMAC_TIMESTAMP_HEADER", "X-Sent-At",
                "TOCSIN_INGEST_SOURCES_STAGING_TYPE", "alertmanager",
                "TOCSIN_INGEST_SOURCES_STAGING_OPEN", "true",
                "TOCSIN_INGEST_PORT", "9999"));

    assertThat(settings.port()).isEqualTo(9999);
    assertThat(settings.groupBy()).containsExactly("cluster", "namespace", "service");
    assertThat(settings.sources())
        .containsEntry(
            "grafana",
            new SourceSettings(
                "grafana",
                List.of("one", "two"),
                List.of("s1", "s2"),
                "X-Sent-At",
                null,
                null,
                true,
                false))
        .containsEntry(
            "staging",
            new SourceSettings("alertmanager", null, null, null, null, null, true, true));
    assertThat(new Sources(settings.sources(), catalog).named("staging").type())
        .isEqualTo("alertmanager");
  }

  @Test
  void emptySecretInTheEnvironment_stopsTheStart() {
    IngestSettings settings =
        bind(
            Map.of("tocsin.ingest.sources.grafana.type", "grafana"),
            Map.of("TOCSIN_INGEST_SOURCES_GRAFANA_HMAC_SECRET", ""));

    assertThatThrownBy(() -> new Sources(settings.sources(), catalog))
        .hasMessageContaining("tocsin.ingest.sources.grafana.hmac-secret is empty");
  }

  @Test
  void unknownType_stopsTheStartWithThoseThereAre() {
    IngestSettings settings = bind(Map.of("tocsin.ingest.sources.shop.token", "t"), Map.of());

    assertThatThrownBy(() -> new Sources(settings.sources(), catalog))
        .hasMessageContaining(
            "tocsin.ingest.sources.shop.type should be one of alertmanager, grafana");
  }

  private static IngestSettings bind(Map<String, Object> file, Map<String, Object> environment) {
    StandardEnvironment spring = new StandardEnvironment();
    spring
        .getPropertySources()
        .replace(
            SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new HashMap<>(environment)));
    spring.getPropertySources().addLast(new MapPropertySource("file", new HashMap<>(file)));
    ConfigurationPropertySources.attach(spring);
    return Binder.get(spring).bindOrCreate("tocsin.ingest", IngestSettings.class);
  }
}
