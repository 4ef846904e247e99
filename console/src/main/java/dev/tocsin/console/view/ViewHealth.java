// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.view;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Out of service until the view has read all there was at the start; down while it cannot go on.
 */
public final class ViewHealth implements HealthIndicator {

  private final Position position;
  private final ViewListener listener;

  public ViewHealth(Position position, ViewListener listener) {
    this.position = position;
    this.listener = listener;
  }

  @Override
  public Health health() {
    String failure = listener.failure();
    Health.Builder health;
    if (failure != null) {
      health = Health.down().withDetail("cause", failure);
    } else {
      health = position.isCurrent() ? Health.up() : Health.outOfService();
    }
    return health.withDetail("lag", position.lag()).build();
  }
}
