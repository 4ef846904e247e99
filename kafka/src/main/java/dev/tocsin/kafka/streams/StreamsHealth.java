// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.streams;

import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up while the topology runs or takes its place among others; down while it starts, stops or has
 * failed, and when taking its place goes on for too long: nothing is decided meanwhile.
 */
public final class StreamsHealth implements HealthIndicator {

  /** A group comes to rest in seconds; what takes longer restores state, or is stuck. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private final StreamsService streams;
  private final Duration patience;

  public StreamsHealth(StreamsService streams) {
    this(streams, PATIENCE);
  }

  StreamsHealth(StreamsService streams, Duration patience) {
    this.streams = streams;
    this.patience = patience;
  }

  @Override
  public Health health() {
    KafkaStreams.State state = streams.state();
    Duration still = streams.standsStill();
    boolean works = state.isRunningOrRebalancing() && still.compareTo(patience) <= 0;
    Health.Builder health = works ? Health.up() : Health.down();
    health.withDetail("state", state.name());
    if (still.compareTo(patience) > 0) {
      health.withDetail("decidesNothingFor", Duration.ofSeconds(still.toSeconds()).toString());
    }
    String failure = streams.lastFailure();
    if (failure != null) {
      health.withDetail("lastFailure", failure);
    }
    return health.build();
  }
}
