// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlySettingsTest {

  @TempDir Path directory;

  @Test
  void fileIsReadBesideTheEnvironment_whichComesFirst() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("tocsin.yml"),
            """
            tocsin:
              data-dir: ${HOME_OF_ALL}/tocsin
              broker.port: 9192
              sentinel: {routing-key: from-the-file}
              jira.url: https://example.com
            spring.kafka.bootstrap-servers: kafka:9092
            """);
    Map<String, String> environment =
        Map.of("TOCSIN_BROKER_PORT", "9292", "HOME_OF_ALL", "/srv", "TOCSIN_INSTANCE", "one");
    assertThat(EarlySettings.of(environment, file))
        .containsOnly(
            entry("TOCSIN_DATA_DIR", "/srv/tocsin"),
            entry("TOCSIN_BROKER_PORT", "9292"),
            entry("TOCSIN_INSTANCE", "one"),
            entry("TOCSIN_SENTINEL_ROUTING_KEY", "from-the-file"),
            entry("SPRING_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"));
  }

  @Test
  void nameMayLeaveItsDashesOut() {
    assertThat(EarlySettings.of(Map.of("TOCSIN_DATADIR", "/srv"), directory.resolve("none.yml")))
        .containsOnly(entry("TOCSIN_DATA_DIR", "/srv"));
  }
}
