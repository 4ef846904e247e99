// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import dev.tocsin.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A view without a broker: records are folded as they are given. */
public final class Folding implements AutoCloseable {

  private final ViewStore store;
  private final List<Fold> folds;

  public Folding(Path directory, List<Fold> folds) {
    this.store = new ViewStore(directory);
    this.folds = folds;
  }

  public ViewStore rows() {
    return store;
  }

  /** Each record in a batch of its own. */
  @SafeVarargs
  public final <V> Folding read(Topic<V> topic, V... values) {
    for (V value : values) {
      Changes changes = new Changes(store);
      apply(topic, value, changes);
      store.write(changes);
    }
    return this;
  }

  /** All records in one batch. */
  @SafeVarargs
  public final <V> Folding readTogether(Topic<V> topic, V... values) {
    Changes changes = new Changes(store);
    for (V value : values) {
      Changes one = changes.onTop();
      apply(topic, value, one);
      changes.take(one);
    }
    store.write(changes);
    return this;
  }

  /** A tombstone of that key. */
  public Folding remove(Topic<?> topic, String key) {
    Changes changes = new Changes(store);
    apply(topic, key.getBytes(StandardCharsets.UTF_8), null, changes);
    store.write(changes);
    return this;
  }

  private <V> void apply(Topic<V> topic, V value, Changes changes) {
    byte[] bytes = topic.valueSerde().serializer().serialize(topic.name(), value);
    apply(topic, new byte[0], bytes, changes);
  }

  private void apply(Topic<?> topic, byte[] key, byte @Nullable [] value, Changes changes) {
    ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(topic.name(), 0, 0, key, value);
    folds.stream()
        .filter(fold -> fold.topic().equals(topic.name()))
        .forEach(fold -> fold.apply(record, changes));
  }

  @Override
  public void close() {
    store.close();
  }
}
