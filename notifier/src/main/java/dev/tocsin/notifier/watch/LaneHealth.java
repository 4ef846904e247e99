// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.watch;

import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says which lanes are stuck. That is an endpoint's fault and cured by no restart, so the status is
 * {@code DEGRADED}, which is still answered with 200.
 */
public final class LaneHealth implements HealthIndicator {

  static final String DEGRADED = "DEGRADED";

  private final LaneBoard lanes;
  private final InstantSource clock;

  public LaneHealth(LaneBoard lanes, InstantSource clock) {
    this.lanes = lanes;
    this.clock = clock;
  }

  @Override
  public Health health() {
    Map<String, String> stuck = lanes.stuck(clock.instant());
    return stuck.isEmpty()
        ? Health.up().build()
        : Health.status(DEGRADED).withDetail("stuck", stuck).build();
  }
}
