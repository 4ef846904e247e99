// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import dev.tocsin.schemas.topic.Topic;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How the records of one topic change the view. It sees each record once, those of one key in
 * order, and those of two topics in any order.
 */
public interface Fold {

  String topic();

  void apply(ConsumerRecord<byte[], byte[]> record, Changes changes);

  /** A fold of values; there are no tombstones in the topic, or they mean nothing. */
  static <V> Fold of(Topic<V> topic, BiConsumer<V, Changes> fold) {
    return new Fold() {
      @Override
      public String topic() {
        return topic.name();
      }

      @Override
      public void apply(ConsumerRecord<byte[], byte[]> record, Changes changes) {
        V value = topic.valueSerde().deserializer().deserialize(topic.name(), record.value());
        if (value != null) {
          fold.accept(value, changes);
        }
      }
    };
  }
}
