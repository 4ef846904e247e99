// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import static dev.tocsin.detection.incident.SampleAlerts.firing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.sample.PrometheusPoller;
import dev.tocsin.kafka.streams.StreamsService;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

class DetectionApplicationTest {

  @TempDir Path data;

  @Test
  void service_decidesAnAlertOnARealBroker() {
    EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
    broker.brokerProperty("transaction.state.log.replication.factor", "1");
    broker.brokerProperty("transaction.state.log.min.isr", "1");
    broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
    broker.afterPropertiesSet();
    try (ConfigurableApplicationContext service =
            new SpringApplicationBuilder(DetectionApplication.class)
                .web(WebApplicationType.NONE)
                .run(
                    "--spring.config.name=detection",
                    "--spring.kafka.bootstrap-servers=" + broker.getBrokersAsString(),
                    "--tocsin.topics.partitions=2",
                    "--tocsin.detection.prometheus-url=http://127.0.0.1:1",
                    "--tocsin.detection.queries[0].name=up",
                    "--tocsin.detection.queries[0].promql=up",
                    "--tocsin.detection.storm.enabled=false",
                    "--tocsin.detection.incident.reopen-within=5m",
                    "--tocsin.data-dir=" + data);
        KafkaProducer<String, Alert> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.getBrokersAsString()),
                Topics.ALERTS.keySerde().serializer(),
                Topics.ALERTS.valueSerde().serializer());
        KafkaConsumer<String, AlertOutcome> outcomes =
            new KafkaConsumer<>(
                Map.of(
                    "bootstrap.servers", broker.getBrokersAsString(),
                    "group.id", "test",
                    "isolation.level", "read_committed",
                    "auto.offset.reset", "earliest"),
                Topics.ALERT_OUTCOMES.keySerde().deserializer(),
                Topics.ALERT_OUTCOMES.valueSerde().deserializer())) {
      outcomes.subscribe(List.of(Topics.ALERT_OUTCOMES.name()));
      Alert alert = firing("a1").alert();
      producer.send(new ProducerRecord<>(Topics.ALERTS.name(), alert.group(), alert));
      producer.flush();

      assertThat(first(outcomes).reason()).isEqualTo(AlertOutcome.Reason.NEW_GROUP);
      assertThat(service.getBean(StreamsService.class).isRunning()).isTrue();
      assertThat(service.getBean(PrometheusPoller.class).isRunning()).isTrue();
      assertThat(
              service
                  .getBeansOfType(HealthIndicator.class)
                  .get("detectionHealth")
                  .health()
                  .getStatus())
          .isEqualTo(Status.UP);
    } finally {
      broker.destroy();
    }
  }

  private static AlertOutcome first(KafkaConsumer<String, AlertOutcome> outcomes) {
    for (int i = 0; i < 60; i++) {
      for (var record : outcomes.poll(Duration.ofSeconds(1))) {
        return record.value();
      }
    }
    throw new AssertionError("no outcome within a minute");
  }
}
