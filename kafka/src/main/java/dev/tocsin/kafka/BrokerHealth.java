// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while a broker answers within two seconds. */
public final class BrokerHealth implements HealthIndicator, AutoCloseable {

  private static final int ANSWER_MILLIS = (int) Duration.ofSeconds(2).toMillis();

  private final Admin admin;

  public BrokerHealth(Map<String, Object> config) {
    this.admin = Admin.create(config);
  }

  @Override
  public Health health() {
    try {
      int brokers =
          admin
              .describeCluster(new DescribeClusterOptions().timeoutMs(ANSWER_MILLIS))
              .nodes()
              .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS)
              .size();
      return Health.up().withDetail("brokers", brokers).build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Health.down().withDetail("cause", "interrupted").build();
    } catch (ExecutionException | TimeoutException e) {
      return Health.down()
          .withDetail("cause", "no broker answers within " + ANSWER_MILLIS + " ms")
          .build();
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
