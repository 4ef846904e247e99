// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.knowledge;

import dev.tocsin.schemas.incident.IncidentEvent;
import dev.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads all incidents into the knowledge, from some days back, in every instance of the agent: so
 * without a group, and without offsets to keep.
 */
public final class KnowledgeFeed implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(KnowledgeFeed.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long AGAIN_AFTER_MILLIS = 5_000;
  private static final long STOP_WITHIN_MILLIS = 3_000;

  private final Map<String, Object> config;
  private final Knowledge knowledge;
  private final Duration lookBack;
  private final InstantSource clock;
  private volatile CountDownLatch stopped = new CountDownLatch(0);
  private volatile @Nullable KafkaConsumer<byte[], byte[]> reading;
  private volatile @Nullable Thread thread;

  public KnowledgeFeed(
      Map<String, Object> config, Knowledge knowledge, Duration lookBack, InstantSource clock) {
    this.config = new HashMap<>(config);
    this.config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    this.config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    this.config.put(ConsumerConfig.CLIENT_ID_CONFIG, "tocsin-agent-knowledge");
    this.knowledge = knowledge;
    this.lookBack = lookBack;
    this.clock = clock;
  }

  @Override
  public void start() {
    stopped = new CountDownLatch(1);
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("knowledge-feed")
            .priority(Thread.MIN_PRIORITY)
            .start(this::run);
  }

  private void run() {
    try {
      do {
        try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
          reading = consumer;
          read(consumer);
        } catch (WakeupException e) {
          LOG.debug("stopped", e);
        } catch (KafkaException e) {
          LOG.warn("incidents cannot be read into the knowledge for now: {}", e.getMessage());
        }
      } while (!stopped.await(AGAIN_AFTER_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.INCIDENTS.name()).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    Instant from = clock.instant().minus(lookBack);
    Map<TopicPartition, Long> times =
        partitions.stream().collect(Collectors.toMap(p -> p, _ -> from.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp offset = offsets.get(partition);
      if (offset == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, offset.offset());
      }
    }
    while (stopped.getCount() > 0) {
      consumer.poll(POLL).forEach(this::add);
    }
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    try {
      IncidentEvent event =
          Topics.INCIDENTS.valueSerde().deserializer().deserialize(record.topic(), record.value());
      if (event != null) {
        knowledge.add(event);
      }
    } catch (SerializationException e) {
      LOG.debug(
          "{}/{} is no incident event, and not remembered", record.partition(), record.offset(), e);
    }
  }

  @Override
  public void stop() {
    stopped.countDown();
    KafkaConsumer<byte[], byte[]> consumer = reading;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      Thread reader = thread;
      if (reader != null) {
        reader.join(STOP_WITHIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return stopped.getCount() > 0;
  }
}
