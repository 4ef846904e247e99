// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow;

import dev.tocsin.workflow.step.investigate.InvestigateAction;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How incidents are responded to.
 *
 * @param contextDeadline how long a page waits for context while a model is at work, where its
 *     playbook does not say
 * @param playbooksDir where playbooks are read from; unset, or without one, takes the one that
 *     ships
 * @param port of health and metrics when the service runs alone
 */
@ConfigurationProperties(prefix = "tocsin.workflow", ignoreUnknownFields = false)
public record WorkflowSettings(
    @DefaultValue("10s") Duration contextDeadline,
    @Nullable String playbooksDir,
    @DefaultValue("8083") int port) {

  public WorkflowSettings {
    if (contextDeadline.isNegative()
        || contextDeadline.compareTo(InvestigateAction.LONGEST_WAIT) > 0) {
      throw new IllegalArgumentException(
          "tocsin.workflow.context-deadline should be between 0s and %ds: was %s"
              .formatted(InvestigateAction.LONGEST_WAIT.toSeconds(), contextDeadline));
    }
  }

  @Nullable Path playbooks() {
    return playbooksDir == null || playbooksDir.isBlank() ? null : Path.of(playbooksDir);
  }
}
