// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.body.BodyReader;
import dev.tocsin.ingest.group.AlertGroups;
import dev.tocsin.ingest.source.MessageReader;
import dev.tocsin.ingest.source.SourceCatalog;
import dev.tocsin.ingest.source.alertmanager.AlertmanagerSource;
import dev.tocsin.ingest.source.grafana.GrafanaSource;
import dev.tocsin.kafka.KafkaConfiguration;
import dev.tocsin.schemas.alert.GroupRule;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaTemplate;

/** Wires ingest together. */
@Configuration(proxyBeanMethods = false)
@Import({KafkaConfiguration.class, AlertController.class})
@EnableConfigurationProperties(IngestSettings.class)
class IngestConfiguration {

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  /** A new kind of source is a package below {@code source} and a line here. */
  @Bean
  SourceCatalog sourceCatalog() {
    return new SourceCatalog(List.of(new GrafanaSource(), new AlertmanagerSource()));
  }

  @Bean
  Sources sources(IngestSettings settings, SourceCatalog catalog) {
    return new Sources(settings.sources(), catalog);
  }

  @Bean
  AlertReader alertReader(IngestSettings settings, SourceCatalog catalog) {
    return new AlertReader(
        new MessageReader(settings.limits()),
        catalog,
        new AlertMapper(new AlertGroups(new GroupRule(settings.groupBy()))));
  }

  @Bean
  AlertWriter alertWriter(KafkaTemplate<byte[], byte[]> kafka) {
    return new AlertWriter(kafka);
  }

  @Bean
  IngestMetrics ingestMetrics(MeterRegistry meters) {
    return new IngestMetrics(meters);
  }

  @Bean
  AlertIntake alertIntake(
      Sources sources,
      AlertReader reader,
      AlertWriter writer,
      IngestMetrics metrics,
      IngestSettings settings,
      InstantSource clock) {
    return new AlertIntake(
        sources, new BodyReader(settings.limits()), reader, writer, metrics, clock);
  }
}
