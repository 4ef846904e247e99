// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.topic;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * A topic: its name, what it keeps and for how long, and how its values become bytes. Keys are
 * text.
 *
 * @param kept how long records stay; for a compacted topic, how long a tombstone does
 * @param attributes the CloudEvents attributes of a value
 */
public record Topic<V>(
    String name, Class<V> type, Cleanup cleanup, Duration kept, Attributes<V> attributes) {

  /** Kafka's word for it: a retention of -1 ms. */
  public static final Duration FOR_EVER = Duration.ofMillis(-1);

  /** How a topic is kept from growing for ever. */
  public enum Cleanup {
    DELETE,
    COMPACT
  }

  /** Where the CloudEvents attributes of a value come from. */
  public record Attributes<V>(
      Function<V, String> id,
      Function<V, String> type,
      Function<V, String> subject,
      Function<V, Instant> time) {}

  public Serde<String> keySerde() {
    return Serdes.String();
  }

  public Serde<V> valueSerde() {
    return new JsonSerde<>(this);
  }
}
