// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.push.SampleChoice;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** How many pushed series are watched, and how much room is left: that it runs out harms nobody. */
final class PushHealth implements HealthIndicator {

  private final SampleChoice choice;

  PushHealth(SampleChoice choice) {
    this.choice = choice;
  }

  @Override
  public Health health() {
    return Health.up().withDetails(choice.room()).build();
  }
}
