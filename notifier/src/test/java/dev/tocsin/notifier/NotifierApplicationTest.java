// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.schemas.delivery.Delivery;
import dev.tocsin.schemas.notification.Notification;
import dev.tocsin.schemas.topic.Topics;
import dev.tocsin.testkit.pagerduty.FakePagerDuty;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.context.EmbeddedKafka;

/** The whole service on a real broker. */
@EmbeddedKafka(
    partitions = 1,
    brokerProperties = {
      "transaction.state.log.replication.factor=1",
      "transaction.state.log.min.isr=1",
      "group.initial.rebalance.delay.ms=0"
    })
class NotifierApplicationTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void notification_isDeliveredAndCountedAndTheServiceStopsCleanly(
      EmbeddedKafkaBroker broker, @TempDir Path data) {
    String address = broker.getBrokersAsString();
    Notification page = Samples.page("inc1");
    try (FakePagerDuty pagerDuty = FakePagerDuty.start();
        ConfigurableApplicationContext service = start(address, data, pagerDuty)) {
      plan(address, page);
      assertThat(statuses(address, 2))
          .containsExactly(Delivery.Status.PENDING, Delivery.Status.DELIVERED);
      assertThat(pagerDuty.openIncidents()).hasSize(1);
      MeterRegistry meters = service.getBean(MeterRegistry.class);
      assertThat(meters.get("tocsin.deliveries").tag("status", "delivered").counter().count())
          .isEqualTo(1);
      assertThat(meters.get("tocsin.page.time").timer().count()).isEqualTo(1);
      assertThat(service.getBeansOfType(HealthIndicator.class).values())
          .allSatisfy(h -> assertThat(h.health(true).getStatus()).isEqualTo(Status.UP));
    }
  }

  @Test
  void pagerDutyAway_pageGoesOverTheSecondChannel_andBothAreResolvedOnceItIsBack(
      EmbeddedKafkaBroker broker, @TempDir Path data) {
    String address = broker.getBrokersAsString();
    FakePagerDuty gone = FakePagerDuty.start();
    gone.close();
    Notification page = Samples.page("inc2");
    try (FakePagerDuty second = FakePagerDuty.start();
        ConfigurableApplicationContext _ =
            start(
                address,
                data,
                gone,
                "--tocsin.pagerduty.second.url=" + second.uri(),
                "--tocsin.pagerduty.second.routing-key=" + FakePagerDuty.ROUTING_KEY,
                "--tocsin.pagerduty.second.after=1s")) {
      plan(address, page);
      await().atMost(PATIENCE).until(() -> second.openIncidents().size() == 1);
      try (FakePagerDuty back = FakePagerDuty.start(gone.uri().getPort())) {
        await().atMost(PATIENCE).until(() -> back.openIncidents().size() == 1);
        plan(address, Samples.resolve("inc2"));
        await()
            .atMost(PATIENCE)
            .until(() -> back.openIncidents().isEmpty() && second.openIncidents().isEmpty());
        assertThat(back.incidents()).hasSize(1);
        assertThat(second.incidents()).hasSize(1);
      }
    }
  }

  private static void plan(String address, Notification notification) {
    try (KafkaProducer<String, Notification> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", address),
            Topics.NOTIFICATIONS.keySerde().serializer(),
            Topics.NOTIFICATIONS.valueSerde().serializer())) {
      producer.send(
          new ProducerRecord<>(Topics.NOTIFICATIONS.name(), notification.endpoint(), notification));
    }
  }

  private static ConfigurableApplicationContext start(
      String address, Path data, FakePagerDuty pagerDuty, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--spring.kafka.bootstrap-servers=" + address,
                "--tocsin.data-dir=" + data,
                "--tocsin.topics.partitions=1",
                "--tocsin.pagerduty.url=" + pagerDuty.uri(),
                "--tocsin.pagerduty.routing-key=" + FakePagerDuty.ROUTING_KEY,
                "--server.port=0"));
    settings.addAll(List.of(more));
    return new SpringApplicationBuilder(NotifierApplication.class)
        .properties("spring.config.name=notifier")
        .run(settings.toArray(String[]::new));
  }

  private static List<Delivery.Status> statuses(String address, int wanted) {
    List<Delivery.Status> found = new ArrayList<>();
    try (KafkaConsumer<String, Delivery> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                address,
                "group.id",
                "test",
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed"),
            Topics.DELIVERIES.keySerde().deserializer(),
            Topics.DELIVERIES.valueSerde().deserializer())) {
      consumer.subscribe(List.of(Topics.DELIVERIES.name()));
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (found.size() < wanted && System.nanoTime() < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(r -> found.add(r.value().status()));
      }
    }
    return found;
  }
}
