// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import dev.tocsin.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * How the records of one topic change the view. It sees each record once, those of one key in
 * order, and those of two topics in any order.
 */
public interface Fold {

  String topic();

  void apply(ConsumerRecord<byte[], byte[]> record, Changes changes);

  /** What a value changes; {@code json} is the same as it travelled. */
  @FunctionalInterface
  interface Change<V> {
    void apply(V value, byte[] json, Changes changes);
  }

  /** What a tombstone changes. */
  @FunctionalInterface
  interface Removal {
    void apply(String key, Changes changes);
  }

  /** A fold of values; there are no tombstones in the topic, or they mean nothing. */
  static <V> Fold of(Topic<V> topic, Change<V> change) {
    return of(topic, change, (_, _) -> {});
  }

  /** A fold of values and of tombstones. */
  static <V> Fold of(Topic<V> topic, Change<V> change, Removal removal) {
    Deserializer<V> reader = topic.valueSerde().deserializer();
    return new Fold() {
      @Override
      public String topic() {
        return topic.name();
      }

      @Override
      public void apply(ConsumerRecord<byte[], byte[]> record, Changes changes) {
        V value = reader.deserialize(topic.name(), record.value());
        if (value != null) {
          change.apply(value, record.value(), changes);
        } else if (record.key() != null) {
          removal.apply(new String(record.key(), StandardCharsets.UTF_8), changes);
        }
      }
    };
  }
}
