// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier;

import dev.tocsin.notifier.reconcile.Reconciler;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/** The reconciler's way to the broker. */
record ReconcilerClients(KafkaProperties kafka, String instance) implements Reconciler.Clients {

  @Override
  public Consumer<byte[], byte[]> ungrouped() {
    return consumer(Reconciler.ungrouped(kafka.buildConsumerProperties()));
  }

  @Override
  public Consumer<byte[], byte[]> grouped() {
    Map<String, Object> config = Reconciler.grouped(kafka.buildConsumerProperties());
    config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "notifier-callbacks-" + instance);
    return consumer(config);
  }

  @Override
  public Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        kafka.buildProducerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
