// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.topic;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Values as JSON, their CloudEvents attributes as headers.
 *
 * <p>The headers follow the Kafka protocol binding of CloudEvents 1.0, binary mode.
 */
final class JsonSerde<V> implements Serde<V>, Serializer<V>, Deserializer<V> {

  private final Topic<V> topic;

  JsonSerde(Topic<V> topic) {
    this.topic = topic;
  }

  @Override
  public Serializer<V> serializer() {
    return this;
  }

  @Override
  public Deserializer<V> deserializer() {
    return this;
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka hands over null for a tombstone, and takes null for one.
  public byte[] serialize(String name, @Nullable V value) {
    return value == null ? null : Json.MAPPER.writeValueAsBytes(value);
  }

  @Override
  @SuppressWarnings("NullAway")
  public byte[] serialize(String name, Headers headers, @Nullable V value) {
    if (value != null && name.equals(topic.name())) {
      describe(value, headers);
    }
    return serialize(name, value);
  }

  private void describe(V value, Headers headers) {
    Topic.Attributes<V> attributes = topic.attributes();
    put(headers, "ce_specversion", "1.0");
    put(headers, "ce_id", attributes.id().apply(value));
    put(headers, "ce_type", attributes.type().apply(value));
    put(headers, "ce_source", "/" + topic.name());
    String subject = attributes.subject().apply(value);
    if (!subject.isEmpty()) {
      put(headers, "ce_subject", subject);
    }
    put(headers, "ce_time", attributes.time().apply(value).toString());
    put(headers, "content-type", "application/json");
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  @SuppressWarnings("NullAway")
  public V deserialize(String name, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      V value = Json.MAPPER.readValue(bytes, topic.type());
      if (value == null) { // JSON's null is four bytes, and no tombstone
        throw new SerializationException(complaint(name) + "null");
      }
      return value;
    } catch (JacksonException e) {
      throw new SerializationException(complaint(name) + e.getOriginalMessage(), e);
    }
  }

  private String complaint(String name) {
    return "topic " + name + ": not of type " + topic.type().getSimpleName() + ": ";
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {}

  @Override
  public void close() {}
}
