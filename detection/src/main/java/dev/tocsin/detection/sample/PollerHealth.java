// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Says which watched queries are not answered. Alerts need no Prometheus, so it is never down. */
public final class PollerHealth implements HealthIndicator {

  private final PrometheusPoller poller;

  public PollerHealth(PrometheusPoller poller) {
    this.poller = poller;
  }

  @Override
  public Health health() {
    Map<String, String> failures = poller.failures();
    return failures.isEmpty()
        ? Health.up().build()
        : Health.status("DEGRADED").withDetail("unanswered", failures).build();
  }
}
