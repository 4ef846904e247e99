// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.admission.Admission;
import dev.tocsin.ingest.body.BodyReader;
import dev.tocsin.ingest.callback.Vendors;
import dev.tocsin.ingest.callback.jira.JiraVendor;
import dev.tocsin.ingest.callback.pagerduty.PagerDutyVendor;
import dev.tocsin.ingest.callback.slack.SlackVendor;
import dev.tocsin.ingest.group.AlertGroups;
import dev.tocsin.ingest.push.BatchReader;
import dev.tocsin.ingest.push.SampleChoice;
import dev.tocsin.ingest.source.MessageReader;
import dev.tocsin.ingest.source.SourceCatalog;
import dev.tocsin.ingest.source.alertmanager.AlertmanagerSource;
import dev.tocsin.ingest.source.grafana.GrafanaSource;
import dev.tocsin.ingest.spool.Drain;
import dev.tocsin.ingest.spool.KafkaLog;
import dev.tocsin.ingest.spool.Spool;
import dev.tocsin.kafka.BrokerHealth;
import dev.tocsin.kafka.topic.TopicProvisioning;
import dev.tocsin.kafka.topic.TopicSettings;
import dev.tocsin.schemas.alert.GroupRule;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaTemplate;

/** Wires ingest together. */
@Configuration(proxyBeanMethods = false)
@Import({
  AlertController.class,
  CallbackController.class,
  SampleController.class,
  RefusalAdvice.class
})
@EnableConfigurationProperties({IngestSettings.class, TopicSettings.class})
class IngestConfiguration {

  /** How long a start waits for a broker, before it goes on without. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

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
  Spool spool(@Value("${tocsin.data-dir}") Path dataDir, IngestSettings settings) {
    return new Spool(dataDir.resolve("spool"), settings.spool());
  }

  @Bean
  KafkaLog kafkaLog(KafkaTemplate<byte[], byte[]> kafka) {
    return new KafkaLog(kafka::send, kafka::partitionsFor);
  }

  @Bean
  Drain drain(Spool spool, KafkaLog kafka, IngestMetrics metrics) {
    return new Drain(spool, kafka, BETWEEN_TRIES, metrics);
  }

  @Bean
  Provisioning topics(KafkaProperties kafka, TopicSettings settings, KafkaLog log, Drain drain) {
    return new Provisioning(
        new TopicProvisioning(kafka.buildAdminProperties(), settings),
        PATIENCE,
        () -> {
          log.open();
          drain.start();
        });
  }

  @Bean
  AlertWriter alertWriter(KafkaLog kafka, Spool spool, IngestSettings settings) {
    return new AlertWriter(kafka, spool, settings.spool().after());
  }

  @Bean
  IngestMetrics ingestMetrics(MeterRegistry meters, Spool spool, InstantSource clock) {
    IngestMetrics metrics = new IngestMetrics(meters);
    metrics.watch(spool, clock);
    return metrics;
  }

  @Bean
  IngestHealth ingestHealth(
      KafkaProperties kafka, Provisioning topics, Spool spool, InstantSource clock) {
    return new IngestHealth(new BrokerHealth(kafka.buildAdminProperties()), topics, spool, clock);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> cutOff() {
    return server -> {
      server.setProtocol(HeaderDeadline.class.getName());
      server.addEngineValves(new CutOff());
    };
  }

  /** Alerts and vendors' webhooks share the room there is. */
  @Bean
  Admission admission(IngestSettings settings) {
    return new Admission(settings.admission(), "only critical ones are taken now, one at a time");
  }

  /** A further vendor is a package below {@code callback} and a line here. */
  @Bean
  Vendors vendors(IngestSettings settings) {
    return new Vendors(
        List.of(new PagerDutyVendor(), new JiraVendor(), new SlackVendor()), settings.callbacks());
  }

  @Bean
  CallbackIntake callbackIntake(
      Vendors vendors,
      Admission admission,
      KafkaLog kafka,
      IngestMetrics metrics,
      IngestSettings settings,
      InstantSource clock) {
    return new CallbackIntake(
        vendors,
        admission,
        new BodyReader(settings.limits()),
        new MessageReader(settings.limits()),
        kafka,
        metrics,
        clock);
  }

  @Bean
  Entrance entrance(Admission admission, IngestSettings settings, InstantSource clock) {
    return new Entrance(
        admission,
        new Admission(settings.admission(), "those with a signature are taken now one at a time"),
        clock);
  }

  @Bean
  SampleChoice sampleChoice(IngestSettings settings) {
    return new SampleChoice(settings.push());
  }

  @Bean
  SampleWriter sampleWriter(KafkaProperties kafka, KafkaLog log) {
    return new SampleWriter(kafka.buildProducerProperties(), log::isOpen);
  }

  @Bean
  SampleIntake sampleIntake(
      Sources sources,
      Entrance entrance,
      SampleChoice choice,
      SampleWriter writer,
      IngestMetrics metrics,
      IngestSettings settings,
      InstantSource clock) {
    return new SampleIntake(
        sources,
        entrance,
        new BatchReader(settings.push(), new BodyReader(settings.limits())),
        choice,
        writer,
        metrics,
        clock);
  }

  @Bean
  PushHealth pushedSeriesHealth(SampleChoice choice) {
    return new PushHealth(choice);
  }

  @Bean
  AlertIntake alertIntake(
      Sources sources,
      Entrance entrance,
      AlertReader reader,
      AlertWriter writer,
      IngestMetrics metrics,
      IngestSettings settings,
      InstantSource clock) {
    return new AlertIntake(
        sources, entrance, new BodyReader(settings.limits()), reader, writer, metrics, clock);
  }
}
