// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection;

import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Topics;
import java.util.Map;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Writes settings that somebody made elsewhere. */
final class SettingWriter implements AutoCloseable {

  private final DefaultKafkaProducerFactory<String, Setting> producers;
  private final KafkaTemplate<String, Setting> kafka;

  SettingWriter(Map<String, Object> config) {
    this.producers =
        new DefaultKafkaProducerFactory<>(
            config,
            Topics.SETTINGS.keySerde().serializer(),
            Topics.SETTINGS.valueSerde().serializer());
    this.kafka = new KafkaTemplate<>(producers);
  }

  /** What cannot be written is logged by the template: the next poll finds the same change. */
  void write(Setting setting) {
    var unused = kafka.send(Topics.SETTINGS.name(), setting.key(), setting);
  }

  @Override
  public void close() {
    producers.destroy();
  }
}
