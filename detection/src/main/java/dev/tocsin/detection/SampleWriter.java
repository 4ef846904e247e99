// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.schemas.sample.Sample;
import dev.tocsin.schemas.topic.Topics;
import java.util.Map;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Writes polled samples. It keeps its producer to itself: a factory among the beans is for all. */
final class SampleWriter implements AutoCloseable {

  private final DefaultKafkaProducerFactory<String, Sample> producers;
  private final KafkaTemplate<String, Sample> kafka;

  SampleWriter(Map<String, Object> config) {
    this.producers =
        new DefaultKafkaProducerFactory<>(
            config,
            Topics.SAMPLES.keySerde().serializer(),
            Topics.SAMPLES.valueSerde().serializer());
    this.kafka = new KafkaTemplate<>(producers);
  }

  /** What cannot be written is logged by the template, and lost: the next poll brings another. */
  void write(Sample sample) {
    var unused = kafka.send(Topics.SAMPLES.name(), sample.series(), sample);
  }

  @Override
  public void close() {
    producers.destroy();
  }
}
