// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.alertmanager;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says whether the Alertmanager whose silences are honoured answers. Alerts need it not, so it is
 * never down.
 */
public final class AlertmanagerHealth implements HealthIndicator {

  private final AlertmanagerPoller poller;

  public AlertmanagerHealth(AlertmanagerPoller poller) {
    this.poller = poller;
  }

  @Override
  public Health health() {
    String failure = poller.failure().orElse(null);
    if (failure == null) {
      return Health.up().build();
    }
    return Health.status("DEGRADED")
        .withDetail("unanswered", failure)
        .withDetail("answeredAt", poller.answeredAt().map(Object::toString).orElse("never"))
        .withDetail("silences", "what was known last is in force until it ends")
        .build();
  }
}
