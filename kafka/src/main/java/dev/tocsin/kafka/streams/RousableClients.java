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
  private final Runnable fenced;

  /**
   * @param fenced told when a thread of the topology gives up its place in the group, to join again
   */
  RousableClients(Runnable fenced) {
    this.fenced = fenced;
  }

  /** A poll that is roused has found nothing: its thread goes on, and sees that it is to stop. */
  private static final class Rousable extends KafkaConsumer<byte[], byte[]> {

    private final Runnable takenOut;

    Rousable(Map<String, Object> config, Runnable takenOut) {
      super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      this.takenOut = takenOut;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      try {
        return super.poll(timeout);
      } catch (WakeupException e) {
        return ConsumerRecords.empty();
      }
    }

    @Override
    public void unsubscribe() {
      takenOut.run();
      super.unsubscribe();
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

  /** The one that is in the group. Streams takes it out only when it finds itself fenced. */
  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return kept(new Rousable(config, fenced));
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return kept(new Rousable(config, () -> {}));
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return kept(new Rousable(config, () -> {}));
  }

  private Consumer<byte[], byte[]> kept(Consumer<byte[], byte[]> consumer) {
    consumers.add(consumer);
    return consumer;
  }
}
