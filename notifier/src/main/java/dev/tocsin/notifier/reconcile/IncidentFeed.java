// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.reconcile;

import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the incidents topic from its beginning into a watch list, whenever one of the rounds asks
 * it to.
 */
final class IncidentFeed {

  private static final Logger LOG = LoggerFactory.getLogger(IncidentFeed.class);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(200);

  /** The first time there are months to read; a round that is not done goes on in the next. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Consumer<byte[], byte[]> consumer;
  private final WatchList watchList;
  private final InstantSource clock;
  private final Deserializer<IncidentEvent> events = Topics.INCIDENTS.valueSerde().deserializer();

  IncidentFeed(Consumer<byte[], byte[]> consumer, WatchList watchList, InstantSource clock) {
    this.consumer = consumer;
    this.watchList = watchList;
    this.clock = clock;
  }

  /** Reads all that is committed by now; false when that would take too long. */
  synchronized boolean catchUp() {
    Instant until = clock.instant().plus(LONGEST);
    if (consumer.assignment().isEmpty()) {
      assign();
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), ANSWER);
    while (isBehind(ends)) {
      if (clock.instant().isAfter(until)) {
        return false;
      }
      consumer.poll(POLL).forEach(this::add);
    }
    return true;
  }

  private void assign() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.INCIDENTS.name(), ANSWER).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  private boolean isBehind(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey(), ANSWER) < end.getValue());
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    try {
      IncidentEvent event = events.deserialize(record.topic(), record.value());
      if (event != null) {
        watchList.add(event);
      }
    } catch (SerializationException e) {
      LOG.debug("{}/{} is no incident event", record.partition(), record.offset(), e);
    }
  }
}
