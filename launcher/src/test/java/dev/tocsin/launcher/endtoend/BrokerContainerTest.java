// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.endtoend;

import static dev.tocsin.launcher.endtoend.Outside.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.launcher.Everything;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** The same on Apache's own broker image, where a Docker engine answers. */
@Tag("docker")
class BrokerContainerTest {

  private static final String IMAGE = "apache/kafka:4.2.1";

  @TempDir Path data;

  @Test
  void alert_goesAllTheWayOnABrokerInAContainer() {
    assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no Docker engine answers");
    try (KafkaContainer broker = new KafkaContainer(IMAGE);
        Outside outside = new Outside()) {
      broker.start();
      try (Everything program =
          Everything.start(data, broker.getBootstrapServers(), outside.settings())) {
        assertThat(program.report()).isNotEmpty();
        assertThat(outside.post("firing", "checkout", "2026-03-02T10:00:00Z")).isEqualTo(202);
        eventually(() -> outside.pagerDuty.openIncidents().size() == 1);
      }
    }
  }
}
