// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.watch;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says which lanes are stuck, and which subscriptions are disabled. That is an endpoint's fault and
 * cured by no restart, so the status is {@code DEGRADED}, which is still answered with 200.
 */
public final class LaneHealth implements HealthIndicator {

  static final String DEGRADED = "DEGRADED";

  private final LaneBoard lanes;
  private final Supplier<Map<String, String>> disabled;
  private final InstantSource clock;

  /**
   * @param disabled subscriptions that are told nothing for now, and why
   */
  public LaneHealth(LaneBoard lanes, Supplier<Map<String, String>> disabled, InstantSource clock) {
    this.lanes = lanes;
    this.disabled = disabled;
    this.clock = clock;
  }

  @Override
  public Health health() {
    Map<String, String> stuck = lanes.stuck(clock.instant());
    Map<String, String> off = disabled.get();
    // Nobody waits for what a disabled lane holds.
    off.keySet().forEach(id -> stuck.remove("webhook/" + id));
    Health.Builder health = stuck.isEmpty() ? Health.up() : Health.status(DEGRADED);
    if (!stuck.isEmpty()) {
      health.withDetail("stuck", stuck);
    }
    return off.isEmpty() ? health.build() : health.withDetail("disabled", off).build();
  }
}
