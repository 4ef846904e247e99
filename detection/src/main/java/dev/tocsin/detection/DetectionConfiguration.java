// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.alertmanager.AlertmanagerHealth;
import dev.tocsin.detection.alertmanager.AlertmanagerPoller;
import dev.tocsin.detection.correlate.ServiceGraph;
import dev.tocsin.detection.correlate.ServicesFile;
import dev.tocsin.detection.hold.HoldsInForce;
import dev.tocsin.detection.sample.PollerHealth;
import dev.tocsin.detection.sample.PrometheusPoller;
import dev.tocsin.kafka.KafkaConfiguration;
import dev.tocsin.kafka.streams.StreamsHealth;
import dev.tocsin.kafka.streams.StreamsService;
import dev.tocsin.kafka.topic.TopicProvisioning;
import dev.tocsin.kafka.topic.TopicSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;

/** Wires detection together. */
@Configuration(proxyBeanMethods = false)
@Import(KafkaConfiguration.class)
@EnableConfigurationProperties(DetectionSettings.class)
class DetectionConfiguration {

  private static final int COMMIT_EVERY_MS = 500;
  private static final int FETCH_AT_LEAST = 64 << 10;
  private static final int FETCH_WITHIN_MS = 300;

  @Bean
  DetectionMetrics detectionMetrics(MeterRegistry meters) {
    return new DetectionMetrics(meters);
  }

  @Bean
  HoldsInForce holdsInForce() {
    return new HoldsInForce();
  }

  /** The provisioning is asked for so that topics exist before the topology reads them. */
  @Bean
  StreamsService detectionStreams(
      DetectionSettings settings,
      HoldsInForce holds,
      TopicSettings topics,
      DetectionMetrics metrics,
      KafkaProperties kafka,
      TopicProvisioning provisioned) {
    return new StreamsService(
        DetectionTopology.SERVICE,
        DetectionTopology.build(settings, holds, topics.partitions(), metrics),
        kafka.buildStreamsProperties());
  }

  /** A moment later than alerts are decided, many records at a time, and few commits. */
  @Bean
  StreamsService besideStreams(
      DetectionSettings settings,
      TopicSettings topics,
      DetectionMetrics metrics,
      KafkaProperties kafka,
      TopicProvisioning provisioned) {
    Map<String, Object> config = kafka.buildStreamsProperties();
    for (String id : List.of(StreamsConfig.APPLICATION_ID_CONFIG, StreamsConfig.CLIENT_ID_CONFIG)) {
      config.computeIfPresent(id, (_, own) -> own + "-beside");
    }
    config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_EVERY_MS);
    config.put("main.consumer." + ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_AT_LEAST);
    config.put("main.consumer." + ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WITHIN_MS);
    String file = settings.correlation().servicesFile();
    ServiceGraph graph =
        file == null || file.isBlank() ? ServiceGraph.EMPTY : ServicesFile.read(Path.of(file));
    return new StreamsService(
        DetectionTopology.SERVICE,
        BesideTopology.build(settings.correlation(), graph, topics.partitions(), metrics),
        config);
  }

  @Bean
  StreamsHealth besideHealth(StreamsService besideStreams) {
    return new StreamsHealth(besideStreams);
  }

  @Bean
  StreamsHealth detectionHealth(StreamsService detectionStreams) {
    return new StreamsHealth(detectionStreams);
  }

  /** Silences of an Alertmanager, where one is given. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnExpression("!'${tocsin.detection.alertmanager-url:}'.isBlank()")
  static class Alertmanager {

    @Bean
    SettingWriter settingWriter(KafkaProperties kafka) {
      return new SettingWriter(kafka.buildProducerProperties());
    }

    @Bean
    @DependsOn("topicProvisioning")
    AlertmanagerPoller alertmanagerPoller(
        DetectionSettings settings, HoldsInForce holds, SettingWriter writer) {
      return new AlertmanagerPoller(
          Objects.requireNonNull(settings.alertmanagerUrl()),
          holds::silences,
          writer::write,
          InstantSource.system());
    }

    @Bean
    AlertmanagerHealth alertmanagerHealth(AlertmanagerPoller poller) {
      return new AlertmanagerHealth(poller);
    }
  }

  /** What is polled, where a Prometheus and something to ask are given. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnExpression("!'${tocsin.detection.prometheus-url:}'.isBlank()")
  static class Polling {

    @Bean
    SampleWriter sampleWriter(KafkaProperties kafka) {
      return new SampleWriter(kafka.buildProducerProperties());
    }

    @Bean
    @DependsOn("topicProvisioning")
    PrometheusPoller prometheusPoller(
        DetectionSettings settings, SampleWriter writer, DetectionMetrics metrics) {
      return new PrometheusPoller(
          Objects.requireNonNull(settings.prometheusUrl()),
          settings.queries(),
          writer::write,
          metrics);
    }

    @Bean
    PollerHealth pollerHealth(PrometheusPoller poller) {
      return new PollerHealth(poller);
    }
  }
}
