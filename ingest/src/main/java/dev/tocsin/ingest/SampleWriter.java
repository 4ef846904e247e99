// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static dev.tocsin.ingest.refusal.RefusalReason.NOT_DURABLE;

import dev.tocsin.ingest.refusal.Refusal;
import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  private static final Duration WITHIN = Duration.ofSeconds(7);

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
      throw notDurable();
    }
    try {
      List<CompletableFuture<?>> writes = new ArrayList<>(samples.size());
      for (Sample sample : samples) {
        writes.add(kafka.send(Topics.SAMPLES.name(), sample.series(), sample));
      }
      CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new))
          .get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException
        | TimeoutException
        | org.apache.kafka.common.KafkaException
        | org.springframework.kafka.KafkaException e) {
      throw notDurable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notDurable();
    }
  }

  private static Refusal notDurable() {
    return new Refusal(
        NOT_DURABLE, "Kafka did not confirm all of it in time. Send it again, as Prometheus does");
  }

  @Override
  public void close() {
    producers.destroy();
  }
}
