// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.detection.sample.PollerHealth;
import dev.tocsin.detection.sample.PrometheusPoller;
import dev.tocsin.kafka.KafkaConfiguration;
import dev.tocsin.kafka.streams.StreamsHealth;
import dev.tocsin.kafka.streams.StreamsService;
import dev.tocsin.kafka.topic.TopicProvisioning;
import dev.tocsin.kafka.topic.TopicSettings;
import io.micrometer.core.instrument.MeterRegistry;
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

  private static final int FLOW_COMMIT_MS = 500;
  private static final int FETCH_AT_LEAST = 64 << 10;
  private static final int FETCH_WITHIN_MS = 300;

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

  /** A moment later than alerts are decided, and many alerts at a time. */
  @Bean
  StreamsService flowStreams(
      TopicSettings topics,
      DetectionMetrics metrics,
      KafkaProperties kafka,
      TopicProvisioning provisioned) {
    Map<String, Object> config = kafka.buildStreamsProperties();
    config.put(
        StreamsConfig.APPLICATION_ID_CONFIG,
        config.get(StreamsConfig.APPLICATION_ID_CONFIG) + "-flow");
    config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, FLOW_COMMIT_MS);
    config.put("main.consumer." + ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_AT_LEAST);
    config.put("main.consumer." + ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WITHIN_MS);
    return new StreamsService(
        DetectionTopology.SERVICE, FlowTopology.build(topics.partitions(), metrics), config);
  }

  @Bean
  StreamsHealth flowHealth(StreamsService flowStreams) {
    return new StreamsHealth(flowStreams);
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
