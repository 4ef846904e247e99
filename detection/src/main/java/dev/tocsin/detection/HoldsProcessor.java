// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topic;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Keeps a compacted topic at hand on every instance: hands on what it says, and what it takes back.
 * It reads bytes, since an unreadable value must not stop a global store, which has no dead
 * letters; it holds nothing back.
 */
final class HoldsProcessor<V> implements Processor<String, byte[], Void, Void> {

  private static final Logger LOG = LoggerFactory.getLogger(HoldsProcessor.class);

  private final String name;
  private final Class<V> type;
  private final BiConsumer<String, @Nullable V> kept;

  @SuppressWarnings("NullAway.Init") // Streams calls init first.
  private KeyValueStore<String, byte[]> store;

  private HoldsProcessor(String name, Class<V> type, BiConsumer<String, @Nullable V> kept) {
    this.name = name;
    this.type = type;
    this.kept = kept;
  }

  /** Source, store and processor have the topic's name in theirs. */
  static <V> void addTo(
      Topology topology, Topic<V> topic, Class<V> type, BiConsumer<String, @Nullable V> kept) {
    String name = topic.name().substring(topic.name().indexOf('.') + 1);
    topology.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled(),
        name,
        topic.keySerde().deserializer(),
        new ByteArrayDeserializer(),
        topic.name(),
        "keep-" + name,
        () -> new HoldsProcessor<>(name, type, kept));
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    store = context.getStateStore(name);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    store.put(record.key(), record.value());
    kept.accept(record.key(), read(record.key(), record.value()));
  }

  private @Nullable V read(String key, byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try {
      return Json.MAPPER.readValue(value, type);
    } catch (JacksonException e) {
      LOG.warn(
          "{} {}: cannot be read, and holds nothing back: {}", name, key, e.getOriginalMessage());
      return null;
    }
  }
}
