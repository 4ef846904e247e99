// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import static dev.tocsin.detection.incident.SampleAlerts.firing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.detection.sample.PrometheusPoller;
import dev.tocsin.kafka.streams.StreamsService;
import dev.tocsin.schemas.alert.Alert;
import dev.tocsin.schemas.alert.AlertOutcome;
import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
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
    // Before the service starts, so that it has to read it again after every start.
    setBefore(broker);
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
      Alert silenced = firing("s1").of("silenced").labels(Map.of("team", "night")).alert();
      producer.send(new ProducerRecord<>(Topics.ALERTS.name(), silenced.group(), silenced));
      assertThat(first(outcomes).reason()).isEqualTo(AlertOutcome.Reason.SILENCED);

      Alert node = firing("n1").of("node").group("nodes").labels(Map.of("node", "n1")).alert();
      producer.send(new ProducerRecord<>(Topics.ALERTS.name(), 0, node.group(), node));
      assertThat(first(outcomes).outcome()).isEqualTo(AlertOutcome.Outcome.OPENED);
      assertThat(reasonsOfPodsUntilOneIsInhibited(producer, outcomes))
          .endsWith(AlertOutcome.Reason.INHIBITED);
      assertThat(service.getBeansOfType(StreamsService.class).values())
          .hasSize(2)
          .allMatch(StreamsService::isRunning);
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

  private static void setBefore(EmbeddedKafkaKraftBroker broker) {
    broker.addTopics(
        new NewTopic(Topics.SETTINGS.name(), 2, (short) 1)
            .configs(
                Map.of("cleanup.policy", "compact", "message.timestamp.type", "LogAppendTime")));
    Instant now = Instant.now();
    List<Setting> settings =
        List.of(
            new Setting.Silence(
                "sil_1",
                1,
                List.of(new Setting.Matcher("team", "=", "night")),
                now.minusSeconds(60),
                now.plusSeconds(3600),
                null,
                "asleep",
                "ann",
                now,
                null,
                null),
            new Setting.Inhibition(
                "inh_1",
                1,
                List.of(new Setting.Matcher("node", "!=", "")),
                List.of(new Setting.Matcher("pod", "!=", "")),
                List.of(),
                "a node takes its pods along",
                "ann",
                now));
    try (KafkaProducer<String, Setting> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.getBrokersAsString()),
            Topics.SETTINGS.keySerde().serializer(),
            Topics.SETTINGS.valueSerde().serializer())) {
      settings.forEach(
          s -> producer.send(new ProducerRecord<>(Topics.SETTINGS.name(), s.key(), s)));
    }
  }

  /**
   * What inhibits lies on the one partition, what is inhibited on the other: the one hears of it
   * when the other has committed.
   */
  private static List<AlertOutcome.Reason> reasonsOfPodsUntilOneIsInhibited(
      KafkaProducer<String, Alert> producer, KafkaConsumer<String, AlertOutcome> outcomes) {
    List<AlertOutcome.Reason> reasons = new ArrayList<>();
    for (int i = 0; i < 200 && !reasons.contains(AlertOutcome.Reason.INHIBITED); i++) {
      Alert pod = firing("p" + i).of("pod" + i).group("g" + i).labels(Map.of("pod", "p")).alert();
      producer.send(new ProducerRecord<>(Topics.ALERTS.name(), 1, pod.group(), pod));
      reasons.add(first(outcomes).reason());
    }
    return reasons;
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
