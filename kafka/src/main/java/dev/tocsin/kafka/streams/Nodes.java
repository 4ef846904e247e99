// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import dev.tocsin.schemas.topic.Topic;
import dev.tocsin.schemas.topic.Topics;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;

/** Ends of a topology at topics of ours, under names of ours. */
public final class Nodes {

  private Nodes() {}

  /** Reads a topic. The node is named for what comes out of it. */
  public static Topology source(Topology topology, String name, Topic<?> topic) {
    return topology.addSource(
        name, topic.keySerde().deserializer(), topic.valueSerde().deserializer(), topic.name());
  }

  /**
   * Reads a topic that matters only while somebody wants it: until then its records come without
   * their values, which spares reading them.
   */
  public static <V> Topology sourceWhile(
      BooleanSupplier wanted, Topology topology, String name, Topic<V> topic) {
    Deserializer<V> values = topic.valueSerde().deserializer();
    return topology.addSource(
        name,
        topic.keySerde().deserializer(),
        (of, bytes) -> wanted.getAsBoolean() ? values.deserialize(of, bytes) : null,
        topic.name());
  }

  /**
   * Reads a topic whose records must not wait behind a backlog of the task's other topics. They
   * come with timestamp 0: whoever needs the time takes the machine's.
   */
  public static Topology urgentSource(Topology topology, String name, Topic<?> topic) {
    return topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        new AheadOfBacklog(),
        topic.keySerde().deserializer(),
        topic.valueSerde().deserializer(),
        topic.name());
  }

  /**
   * Reads a compacted topic as a whole in every process, as bytes: a global store has no dead
   * letters.
   */
  public static Topology keepEverywhere(
      Topology topology,
      String store,
      Topic<?> topic,
      ProcessorSupplier<String, byte[], Void, Void> processor) {
    return topology.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(store), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled(),
        "read-" + store,
        new StringDeserializer(),
        new ByteArrayDeserializer(),
        topic.name(),
        "keep-" + store,
        processor);
  }

  /** Writes a topic. The node has the name that processors forward to. */
  public static <V> Topology sink(
      Topology topology, String name, Topic<V> topic, String... parents) {
    return topology.addSink(
        name,
        topic.name(),
        topic.keySerde().serializer(),
        topic.valueSerde().serializer(),
        parents);
  }

  /** Writes a service's dead letters, which are bytes. */
  public static Topology deadLetters(
      Topology topology, String name, String service, String... parents) {
    return topology.addSink(
        name,
        Topics.deadLetters(service),
        new ByteArraySerializer(),
        new ByteArraySerializer(),
        parents);
  }
}
