// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * Makes pushed samples durable. Its producer is its own: no alert waits behind samples, and what
 * these may take of the memory is small.
 */
final class SampleWriter implements AutoCloseable {

  /** A little longer than delivery.timeout.ms, and much shorter than Prometheus' remote_timeout. */
  private static final Confirmation CONFIRMATION =
      new Confirmation(
          Duration.ofSeconds(7),
          "Kafka did not confirm all of it in time. Send it again, as Prometheus does");

  /** For room in the buffer, and at first for who leads the partitions. */
  private static final int BLOCKS_MS = 3_000;

  private static final int BUFFER = 16 << 20;
  private static final int BATCH = 256 << 10;

  private final DefaultKafkaProducerFactory<String, Sample> producers;
  private final KafkaTemplate<String, Sample> kafka;
  private final BooleanSupplier open;

  /**
   * @param open whether the topics are there, and right
   */
  SampleWriter(Map<String, Object> producer, BooleanSupplier open) {
    Map<String, Object> config = new HashMap<>(producer);
    config.computeIfPresent(ProducerConfig.CLIENT_ID_CONFIG, (_, own) -> own + "-samples");
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKS_MS);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH);
    // Labels repeat from sample to sample.
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    this.producers =
        new DefaultKafkaProducerFactory<>(
            config,
            Topics.SAMPLES.keySerde().serializer(),
            Topics.SAMPLES.valueSerde().serializer());
    this.kafka = new KafkaTemplate<>(producers);
    this.open = open;
  }

  /** Returns when all of them are confirmed. */
  void write(List<Sample> samples) {
    if (samples.isEmpty()) {
      return;
    }
    if (!open.getAsBoolean()) {
      throw CONFIRMATION.refusal();
    }
    CONFIRMATION.await(() -> sent(samples));
  }

  private CompletableFuture<?> sent(List<Sample> samples) {
    List<CompletableFuture<?>> writes = new ArrayList<>(samples.size());
    for (Sample sample : samples) {
      writes.add(kafka.send(Topics.SAMPLES.name(), sample.series(), sample));
    }
    return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
  }

  @Override
  public void close() {
    producers.destroy();
  }
}
