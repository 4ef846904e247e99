// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up while the topology runs or takes its place among others; down while it starts, stops or has
 * failed.
 */
public final class StreamsHealth implements HealthIndicator {

  private final StreamsService streams;

  public StreamsHealth(StreamsService streams) {
    this.streams = streams;
  }

  @Override
  public Health health() {
    KafkaStreams.State state = streams.state();
    Health.Builder health = state.isRunningOrRebalancing() ? Health.up() : Health.down();
    health.withDetail("state", state.name());
    String failure = streams.lastFailure();
    if (failure != null) {
      health.withDetail("lastFailure", failure);
    }
    return health.build();
  }
}
