// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.watch;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says which lanes are stuck, and which subscriptions are disabled. That is an endpoint's fault and
 * cured by no restart, so the status is {@code DEGRADED}, which is still answered with 200.
 */
public final class LaneHealth implements HealthIndicator {

  static final String DEGRADED = "DEGRADED";

  private static final String SUBSCRIBERS = "webhook/";

  private final LaneBoard lanes;
  private final Supplier<Map<String, String>> disabled;
  private final Predicate<String> exists;
  private final InstantSource clock;

  /**
   * @param disabled subscriptions that are told nothing for now, and why
   * @param exists whether there is a subscription of an id
   */
  public LaneHealth(
      LaneBoard lanes,
      Supplier<Map<String, String>> disabled,
      Predicate<String> exists,
      InstantSource clock) {
    this.lanes = lanes;
    this.disabled = disabled;
    this.exists = exists;
    this.clock = clock;
  }

  @Override
  public Health health() {
    Map<String, String> stuck = lanes.stuck(clock.instant());
    Map<String, String> off = disabled.get();
    // Nobody waits for what a disabled lane holds, or one whose subscriber is gone.
    stuck.keySet().removeIf(endpoint -> isOfNobody(endpoint, off));
    Health.Builder health = stuck.isEmpty() ? Health.up() : Health.status(DEGRADED);
    if (!stuck.isEmpty()) {
      health.withDetail("stuck", stuck);
    }
    return off.isEmpty() ? health.build() : health.withDetail("disabled", off).build();
  }

  private boolean isOfNobody(String endpoint, Map<String, String> off) {
    if (!endpoint.startsWith(SUBSCRIBERS)) {
      return false;
    }
    String id = endpoint.substring(SUBSCRIBERS.length());
    return off.containsKey(id) || !exists.test(id);
  }
}
