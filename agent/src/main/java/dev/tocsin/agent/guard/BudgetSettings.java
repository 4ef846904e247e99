// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.guard;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What one investigation may use ({@code tocsin.agent.budget}).
 *
 * @param time from the step's issue until a model is cut off for good
 * @param tokens prompt and answer together, over all calls
 * @param modelCalls questions to the model
 * @param toolCalls calls of tools by the model
 */
public record BudgetSettings(
    @DefaultValue("60s") Duration time,
    @DefaultValue("60000") long tokens,
    @DefaultValue("8") int modelCalls,
    @DefaultValue("20") int toolCalls) {

  public BudgetSettings {
    if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(Duration.ofMinutes(10)) > 0) {
      throw refused("time", "between 1s and 10m", time);
    }
    if (tokens < 1_000 || tokens > 10_000_000) {
      throw refused("tokens", "between 1000 and 10000000", tokens);
    }
    if (modelCalls < 1 || modelCalls > 100) {
      throw refused("model-calls", "between 1 and 100", modelCalls);
    }
    if (toolCalls < 0 || toolCalls > 100) {
      throw refused("tool-calls", "between 0 and 100", toolCalls);
    }
  }

  private static IllegalArgumentException refused(String key, String allowed, Object given) {
    return new IllegalArgumentException(
        "tocsin.agent.budget." + key + " should be " + allowed + ": was " + given);
  }
}
