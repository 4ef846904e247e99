// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.statement;

import dev.tocsin.console.view.ViewStore;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Statements: written once a day, shown by the API. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StatementSettings.class)
@Import(StatementController.class)
public class StatementConfiguration {

  private static final int FETCH_BYTES = 4 << 20;

  @Bean
  Statements statements(ViewStore store) {
    return new Statements(store);
  }

  @Bean
  StatementWriter statementWriter(
      KafkaProperties kafka, StatementSettings settings, InstantSource clock) {
    return new StatementWriter(
        () -> log(kafka.buildConsumerProperties()),
        () ->
            new KafkaProducer<>(
                producer(kafka), new ByteArraySerializer(), new ByteArraySerializer()),
        settings,
        clock);
  }

  private static Map<String, Object> producer(KafkaProperties kafka) {
    Map<String, Object> config = new HashMap<>(kafka.buildProducerProperties());
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "tocsin-console-statements");
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "tocsin-statements");
    return config;
  }

  /** Reads everything, is no member of a group, and makes no topic. */
  static TopicLog log(Map<String, Object> kafka) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "tocsin-console-books");
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES / 4);
    return new TopicLog(
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }
}
