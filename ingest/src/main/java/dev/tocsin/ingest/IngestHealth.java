// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import dev.tocsin.ingest.spool.Spool;
import dev.tocsin.kafka.BrokerHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Up while Kafka takes the alerts, degraded while the disk does, down when neither can.
 *
 * <p>Degraded is no reason to take ingest out of a balancer: it accepts all that comes.
 */
final class IngestHealth implements HealthIndicator, AutoCloseable {

  static final Status DEGRADED =
      new Status("DEGRADED", "alerts are accepted and kept on disk, until Kafka takes them");

  private final BrokerHealth broker;
  private final Provisioning topics;
  private final Spool spool;
  private final InstantSource clock;

  /**
   * @param broker whether a broker answers
   */
  IngestHealth(BrokerHealth broker, Provisioning topics, Spool spool, InstantSource clock) {
    this.broker = broker;
    this.topics = topics;
    this.spool = spool;
    this.clock = clock;
  }

  @Override
  public Health health() {
    String misfit = topics.misfit();
    if (misfit != null) {
      return Health.down().withDetail("cause", misfit).build();
    }
    if (spool.isFull()) {
      return spooled(Health.down().withDetail("cause", "the spool is full")).build();
    }
    Health kafka = broker.health();
    boolean normal = Status.UP.equals(kafka.getStatus()) && spool.messages() == 0;
    return spooled(Health.status(normal ? Status.UP : DEGRADED).withDetails(kafka.getDetails()))
        .build();
  }

  private Health.Builder spooled(Health.Builder health) {
    Instant oldest = spool.oldest();
    if (oldest != null) {
      health
          .withDetail("messages", spool.messages())
          .withDetail("sources", spool.waiting())
          .withDetail("waitingSeconds", Duration.between(oldest, clock.instant()).toSeconds());
    }
    return health.withDetail("spoolBytes", spool.bytes());
  }

  @Override
  public void close() {
    broker.close();
  }
}
