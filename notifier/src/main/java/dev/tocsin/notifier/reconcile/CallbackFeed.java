// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The callbacks topic, shared with the other instances. Of a partition it is given, it first reads
 * the last few that were done with, only to remember them.
 */
final class CallbackFeed implements AutoCloseable {

  static final int READ_AGAIN = 500;

  private static final Duration POLL = Duration.ofMillis(500);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;

  /** Where what is not done with begins. */
  private final Map<TopicPartition, Long> doneUntil = new HashMap<>();

  CallbackFeed(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  void open() {
    consumer.subscribe(
        List.of(Topics.CALLBACKS.name()),
        new ConsumerRebalanceListener() {
          @Override
          public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            goBack(partitions);
          }

          @Override
          public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(doneUntil::remove);
          }
        });
  }

  private void goBack(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        consumer.committed(new HashSet<>(partitions));
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata done = committed.get(partition);
      long begin = begins.getOrDefault(partition, 0L);
      long from = done == null ? begin : done.offset();
      doneUntil.put(partition, from);
      consumer.seek(partition, Math.max(begin, from - READ_AGAIN));
    }
  }

  /**
   * Reads on.
   *
   * @param known is told what was done with before
   * @return what is to be done
   */
  List<ConsumerRecord<byte[], byte[]>> read(Consumer<ConsumerRecord<byte[], byte[]>> known) {
    List<ConsumerRecord<byte[], byte[]>> fresh = new java.util.ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      if (record.offset() < doneUntil.getOrDefault(partition, 0L)) {
        known.accept(record);
      } else {
        fresh.add(record);
      }
    }
    return fresh;
  }

  void done(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    doneUntil.put(partition, record.offset() + 1);
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(record.offset() + 1)));
  }

  /** Reads what is not done with once more. */
  void goBack() {
    doneUntil.forEach(consumer::seek);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
