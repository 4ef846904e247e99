// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel;

import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Topics;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Says at start what each channel cannot do, so that no run plans it. A start never fails over it:
 * what is planned all the same, its lane cancels.
 */
public final class ChannelAnnouncement implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelAnnouncement.class);

  private final ChannelCatalog channels;
  private final Supplier<Producer<String, Setting>> producers;
  private final InstantSource clock;
  private volatile boolean running;

  public ChannelAnnouncement(
      ChannelCatalog channels, Supplier<Producer<String, Setting>> producers, InstantSource clock) {
    this.channels = channels;
    this.producers = producers;
    this.clock = clock;
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("channel-announcement").start(this::announce);
  }

  private void announce() {
    try (Producer<String, Setting> producer = producers.get()) {
      channels
          .announced(clock.instant())
          .forEach(c -> producer.send(new ProducerRecord<>(Topics.SETTINGS.name(), c.key(), c)));
      producer.flush();
    } catch (KafkaException e) {
      LOG.warn("what the channels can do could not be announced: {}", e.getMessage());
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
