// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.outbox;

import dev.tocsin.schemas.setting.Setting;
import dev.tocsin.schemas.topic.Topics;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Says at start whether investigations are done by a model, which is what a page waits for. A start
 * never fails over it: then pages wait as they did before.
 */
public final class ModelAnnouncement implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ModelAnnouncement.class);
  private static final String ID = "default";

  private final String model;
  private final Outbox outbox;
  private final InstantSource clock;
  private volatile boolean running;

  /**
   * @param model its name; empty when there is none
   */
  public ModelAnnouncement(String model, Outbox outbox, InstantSource clock) {
    this.model = model;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public void start() {
    running = true;
    LOG.info(
        "{}",
        model.isBlank()
            ? "no model is configured (TOCSIN_AGENT_LLM_URL): investigations are evidence only"
            : "investigations are done by " + model);
    Thread.ofVirtual().name("model-announcement").start(this::announce);
  }

  private void announce() {
    Setting.Model setting = new Setting.Model(ID, model, clock.instant());
    @Nullable Setting value = model.isBlank() ? null : setting;
    try {
      outbox.send(Topics.SETTINGS, setting.key(), value, null).join();
    } catch (RuntimeException e) {
      LOG.warn("whether there is a model could not be announced: {}", e.getMessage());
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
