// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.topic;

import dev.tocsin.proof.history.Entry;
import dev.tocsin.schemas.topic.Json;
import dev.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;

/**
 * The topics as anybody can read them, from their beginning to what is committed now. Values are
 * read as plain JSON: a mistake in the program's own records must not hide itself.
 */
public final class FinalTopics {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration READ_WITHIN = Duration.ofSeconds(60);

  private final String broker;

  public FinalTopics(String broker) {
    this.broker = broker;
  }

  /** What there is about incidents, effects, deliveries and outcomes, as entries. */
  public List<Entry> read() {
    List<Entry> entries = new ArrayList<>();
    Map<String, Entry> effects = new LinkedHashMap<>();
    Map<String, Entry> deliveries = new LinkedHashMap<>();
    readAll(Topics.ALERTS.name(), record -> entries.add(logged(record)));
    readAll(Topics.INCIDENTS.name(), record -> entries.add(told(record)));
    readAll(Topics.ALERT_OUTCOMES.name(), record -> entries.add(decided(record)));
    readAll(Topics.EFFECTS.name(), record -> keepLast(effects, record, ledgered(record)));
    readAll(
        Topics.DELIVERIES.name(),
        record -> {
          Entry.Delivered delivered = delivered(record);
          deliveries.put(delivered.delivery(), delivered);
        });
    entries.addAll(effects.values());
    entries.addAll(deliveries.values());
    return entries;
  }

  /** Whether the notifier has said that a channel takes a kind of content. */
  public boolean isAnnounced(String channel, String kind) {
    AtomicBoolean announced = new AtomicBoolean();
    readAll(
        Topics.SETTINGS.name(),
        record -> {
          if (record.key().equals("channel/" + channel) && record.value() != null) {
            JsonNode setting = Json.MAPPER.readTree(record.value());
            announced.set(setting.path("refused").path(kind).isMissingNode());
          }
        });
    return announced.get();
  }

  private static void keepLast(
      Map<String, Entry> last, ConsumerRecord<String, byte[]> record, Entry entry) {
    last.put(record.key(), entry);
  }

  private void readAll(String topic, Consumer<ConsumerRecord<String, byte[]>> each) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) READ_WITHIN.toMillis()),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      Collection<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long giveUp = System.nanoTime() + READ_WITHIN.toNanos();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        if (System.nanoTime() > giveUp) {
          throw new TimeoutException(
              "nothing of %s came for %d s".formatted(topic, READ_WITHIN.toSeconds()));
        }
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        if (!records.isEmpty()) {
          giveUp = System.nanoTime() + READ_WITHIN.toNanos();
        }
        records.forEach(each);
      }
    }
  }

  private static Entry logged(ConsumerRecord<String, byte[]> record) {
    JsonNode alert = Json.MAPPER.readTree(record.value());
    return new Entry.Logged(
        Instant.ofEpochMilli(record.timestamp()),
        Instant.parse(alert.path("receivedAt").asString("1970-01-01T00:00:00Z")),
        alert.path("id").asString(""),
        alert.path("source").asString(""),
        record.partition(),
        alert.path("labels").path("service").asString(""),
        alert.path("status").asString("").equals("FIRING"));
  }

  private static Entry told(ConsumerRecord<String, byte[]> record) {
    JsonNode event = Json.MAPPER.readTree(record.value());
    return new Entry.Told(
        Instant.ofEpochMilli(record.timestamp()),
        event.path("incidentId").asString(""),
        event.path("epoch").asInt(0),
        event.path("type").asString(""),
        event.path("groupLabels").path("service").asString(""));
  }

  private static Entry decided(ConsumerRecord<String, byte[]> record) {
    return new Entry.Decided(Instant.ofEpochMilli(record.timestamp()), record.key());
  }

  private static Entry ledgered(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return new Entry.Ledgered(
          Instant.ofEpochMilli(record.timestamp()), record.key(), "", "FORGOTTEN", 0);
    }
    JsonNode effect = Json.MAPPER.readTree(record.value());
    return new Entry.Ledgered(
        at(effect),
        record.key(),
        effect.path("endpoint").asString(""),
        effect.path("status").asString(""),
        effect.path("attempts").asInt(0));
  }

  private static Entry.Delivered delivered(ConsumerRecord<String, byte[]> record) {
    JsonNode delivery = Json.MAPPER.readTree(record.value());
    JsonNode notification = delivery.path("notification");
    JsonNode content = notification.path("content");
    return new Entry.Delivered(
        at(delivery),
        delivery.path("id").asString(""),
        notification.path("endpoint").asString(""),
        notification.path("incidentId").asString(""),
        content.path("type").asString(""),
        delivery.path("status").asString(""),
        slackMark(content));
  }

  private static String slackMark(JsonNode content) {
    return switch (content.path("type").asString("")) {
      case "post", "post-edit" -> content.path("mark").asString("");
      case "post-reply" -> content.path("replyMark").asString("");
      default -> "";
    };
  }

  private static Instant at(JsonNode record) {
    return Instant.parse(record.path("at").asString("1970-01-01T00:00:00Z"));
  }
}
