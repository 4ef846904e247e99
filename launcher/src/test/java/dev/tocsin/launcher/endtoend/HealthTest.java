// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.endtoend;

import static dev.tocsin.launcher.endtoend.Outside.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.launcher.Everything;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one service says of itself is what the health of all says. */
class HealthTest {

  @TempDir Path data;

  @Test
  void degradedService_makesAllDegraded() {
    try (Outside outside = new Outside()) {
      Map<String, String> settings = outside.settings();
      settings.put("tocsin.detection.alertmanager-url", "http://127.0.0.1:" + Outside.freePort());
      try (Everything program = Everything.start(data, "", settings)) {
        assertThat(program.report()).isNotEmpty();
        eventually(() -> status(outside, "/components/detection/status").equals("DEGRADED"));
        assertThat(status(outside, "/status")).isEqualTo("DEGRADED");
      }
    }
  }

  private static String status(Outside outside, String pointer) {
    return outside.get("/actuator/health").at(pointer).asString();
  }
}
