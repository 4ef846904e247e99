// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** The clients of one run of a topology, which can be freed from what they wait for. */
final class RousableClients implements KafkaClientSupplier {

  private final Queue<Consumer<byte[], byte[]>> consumers = new ConcurrentLinkedQueue<>();
  private final Queue<Producer<byte[], byte[]>> producers = new ConcurrentLinkedQueue<>();

  /** A poll that is roused has found nothing: its thread goes on, and sees that it is to stop. */
  private static final class Rousable extends KafkaConsumer<byte[], byte[]> {

    Rousable(Map<String, Object> config) {
      super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      try {
        return super.poll(timeout);
      } catch (WakeupException e) {
        return ConsumerRecords.empty();
      }
    }
  }

  /** Ends the polls that are under way. */
  void rouse() {
    consumers.forEach(Consumer::wakeup);
  }

  /** Ends what is under way at all, transactions too: they will be aborted. */
  void cutOff() {
    producers.forEach(producer -> producer.close(Duration.ZERO));
    rouse();
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    producers.add(producer);
    return producer;
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return rousable(config);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return rousable(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return rousable(config);
  }

  private Consumer<byte[], byte[]> rousable(Map<String, Object> config) {
    Consumer<byte[], byte[]> consumer = new Rousable(config);
    consumers.add(consumer);
    return consumer;
  }
}
