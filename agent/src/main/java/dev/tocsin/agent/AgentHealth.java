// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent;

import dev.tocsin.agent.investigation.Investigations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** Up while steps are taken. Whether a model answers is a detail: it never decides anything. */
final class AgentHealth implements HealthIndicator {

  private final ConcurrentMessageListenerContainer<byte[], byte[]> steps;
  private final Investigations investigations;
  private final String model;

  AgentHealth(
      ConcurrentMessageListenerContainer<byte[], byte[]> steps,
      Investigations investigations,
      String model) {
    this.steps = steps;
    this.investigations = investigations;
    this.model = model;
  }

  @Override
  public Health health() {
    boolean takes = steps.isRunning() && steps.isInExpectedState();
    Health.Builder health =
        takes ? Health.up() : Health.down().withDetail("cause", "steps are not taken");
    return health
        .withDetail("investigations", investigations.pending())
        .withDetail("model", model.isBlank() ? "none" : model)
        .withDetail("modelLastSaid", investigations.modelLastSaid())
        .build();
  }
}
