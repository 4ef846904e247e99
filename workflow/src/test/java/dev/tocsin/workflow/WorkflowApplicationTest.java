// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The whole service against a real broker: an incident goes in, a page and a ticket come out. */
class WorkflowApplicationTest {

  @TempDir private Path data;

  @Test
  void incident_becomesAPageAndATicket() {
    EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1);
    broker.brokerProperty("group.initial.rebalance.delay.ms", "0");
    broker.brokerProperty("transaction.state.log.replication.factor", "1");
    broker.brokerProperty("transaction.state.log.min.isr", "1");
    broker.brokerProperty("transaction.state.log.num.partitions", "1");
    broker.brokerProperty("offsets.topic.num.partitions", "1");
    broker.afterPropertiesSet();
    try (ConfigurableApplicationContext service = start(broker.getBrokersAsString())) {
      Map<String, Object> address =
          Map.of("bootstrap.servers", broker.getBrokersAsString(), "group.id", "test");
      send(address);

      assertThat(received(address, 2)).containsExactly("pagerduty/default", "jira/default");
      assertThat(service.getBean(HealthEndpoint.class).health().getStatus()).isEqualTo(Status.UP);
    } finally {
      broker.destroy();
    }
  }

  private ConfigurableApplicationContext start(String broker) {
    return new SpringApplicationBuilder(WorkflowApplication.class)
        .properties("spring.config.name=workflow")
        .run(
            "--server.port=0",
            "--spring.kafka.bootstrap-servers=" + broker,
            "--tocsin.data-dir=" + data,
            "--tocsin.topics.partitions=1",
            "--tocsin.topics.replicas=1");
  }

  private static void send(Map<String, Object> address) {
    try (var incidents =
        new KafkaProducer<>(
            address,
            Topics.INCIDENTS.keySerde().serializer(),
            Topics.INCIDENTS.valueSerde().serializer())) {
      incidents.send(
          new ProducerRecord<>(
              Topics.INCIDENTS.name(), Samples.INCIDENT, Samples.opened(Samples.SLOW)));
    }
  }

  /** The endpoints of the first notifications. */
  private static List<String> received(Map<String, Object> address, int count) {
    Map<String, Object> config = new HashMap<>(address);
    config.put("isolation.level", "read_committed");
    config.put("auto.offset.reset", "earliest");
    List<String> keys = new ArrayList<>();
    try (var notifications =
        new KafkaConsumer<>(
            config, new StringDeserializer(), Topics.NOTIFICATIONS.valueSerde().deserializer())) {
      notifications.subscribe(List.of(Topics.NOTIFICATIONS.name()));
      for (int polls = 0; polls < 60 && keys.size() < count; polls++) {
        for (ConsumerRecord<String, ?> record : notifications.poll(Duration.ofSeconds(1))) {
          keys.add(record.key());
        }
      }
    }
    return keys;
  }
}
