// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class BrokerHealthTest {

  @Test
  void brokerThatAnswers_isUp() {
    try (BrokerHealth health = new BrokerHealth(TestBroker.clients())) {
      assertThat(health.health()).isEqualTo(Health.up().withDetail("brokers", 1).build());
    }
  }

  @Test
  void noBroker_isDown_withWords() throws IOException {
    try (BrokerHealth health =
        new BrokerHealth(Map.of("bootstrap.servers", "127.0.0.1:" + freePort()))) {
      assertDown(health);
    }
  }

  @Test
  void brokerThatAcceptsAndSaysNothing_isDown() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        BrokerHealth health =
            new BrokerHealth(Map.of("bootstrap.servers", "127.0.0.1:" + mute.getLocalPort()))) {
      assertDown(health);
    }
  }

  private static void assertDown(BrokerHealth broker) {
    Health health = broker.health();
    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.getDetails()).containsEntry("cause", "no broker answers within 2000 ms");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
