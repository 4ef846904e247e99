// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.sample.PollerHealth;
import dev.tocsin.detection.sample.PrometheusPoller;
import dev.tocsin.kafka.KafkaConfiguration;
import dev.tocsin.kafka.streams.StreamsHealth;
import dev.tocsin.kafka.streams.StreamsService;
import dev.tocsin.kafka.topic.TopicProvisioning;
import dev.tocsin.kafka.topic.TopicSettings;
import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Wires detection together. */
@Configuration(proxyBeanMethods = false)
@Import(KafkaConfiguration.class)
@EnableConfigurationProperties(DetectionSettings.class)
class DetectionConfiguration {

  @Bean
  DetectionMetrics detectionMetrics(MeterRegistry meters) {
    return new DetectionMetrics(meters);
  }

  /** The provisioning is asked for so that topics exist before the topology reads them. */
  @Bean
  StreamsService detectionStreams(
      DetectionSettings settings,
      TopicSettings topics,
      DetectionMetrics metrics,
      KafkaProperties kafka,
      TopicProvisioning provisioned) {
    return new StreamsService(
        DetectionTopology.SERVICE,
        DetectionTopology.build(settings, topics.partitions(), metrics),
        kafka.buildStreamsProperties());
  }

  @Bean
  StreamsHealth detectionHealth(StreamsService detectionStreams) {
    return new StreamsHealth(detectionStreams);
  }

  /** What is polled, where a Prometheus and something to ask are given. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnExpression("!'${tocsin.detection.prometheus-url:}'.isBlank()")
  static class Polling {

    @Bean
    DefaultKafkaProducerFactory<String, Sample> sampleProducers(KafkaProperties kafka) {
      return new DefaultKafkaProducerFactory<>(
          kafka.buildProducerProperties(),
          Topics.SAMPLES.keySerde().serializer(),
          Topics.SAMPLES.valueSerde().serializer());
    }

    @Bean
    @DependsOn("topicProvisioning")
    PrometheusPoller prometheusPoller(
        DetectionSettings settings,
        DefaultKafkaProducerFactory<String, Sample> sampleProducers,
        DetectionMetrics metrics) {
      KafkaTemplate<String, Sample> kafka = new KafkaTemplate<>(sampleProducers);
      return new PrometheusPoller(
          Objects.requireNonNull(settings.prometheusUrl()),
          settings.queries(),
          sample -> kafka.send(Topics.SAMPLES.name(), sample.series(), sample),
          metrics);
    }

    @Bean
    PollerHealth pollerHealth(PrometheusPoller poller) {
      return new PollerHealth(poller);
    }
  }
}
