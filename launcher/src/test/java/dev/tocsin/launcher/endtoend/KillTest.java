// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.endtoend;

import static dev.tocsin.launcher.endtoend.Outside.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.launcher.Tocsin;
import dev.tocsin.proof.Program;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process, killed as the kernel kills. */
class KillTest {

  private static final String STARTED = "2026-03-02T10:00:00Z";

  @TempDir Path directory;

  @Test
  void killedBetweenPageAndTicket_opensExactlyOneOfEach() {
    try (Outside outside = new Outside()) {
      Map<String, String> settings = Outside.environment(outside.settings());
      outside.jira.fail(503, Map.of());
      try (Program program = new Program(Tocsin.class.getName(), directory, settings)) {
        program.start();
        assertThat(outside.post(program.ingest(), "firing", "checkout", STARTED)).isEqualTo(202);
        eventually(
            () -> outside.pagerDuty.incidents().size() == 1 && !outside.jira.requests().isEmpty());
        program.kill();

        outside.jira.recover();
        program.start();
        assertThat(outside.post(program.ingest(), "firing", "checkout", STARTED)).isEqualTo(202);
        Outside.patiently(() -> outside.jira.issues().size() == 1);
        Outside.patiently(
            () ->
                outside.get(program.console(), "/v1/accounting").path("unexplained").asInt(-1)
                    == 0);
        assertThat(outside.pagerDuty.incidents()).hasSize(1);
        assertThat(outside.jira.issues()).hasSize(1);
      }
    }
  }
}
