// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.launcher.broker.EmbeddedBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyingTest {

  @TempDir Path data;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  private int verify(String... words) {
    return Verifying.run(List.of(words), Map.of("TOCSIN_DATA_DIR", data.toString()), out, out);
  }

  @Test
  void broker_isFoundByTheDirectoryItRunsOn_andStartedWhereNoneRuns() throws Exception {
    try (Installation installation = Installation.open(data);
        EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("broker"), 0)) {
      installation.brokerIsAt(broker.address());
      assertThat(verify()).isZero();
      assertThat(printed.toString(StandardCharsets.UTF_8))
          .contains("tocsin verify at", broker.address(), "none yet");
    }
    printed.reset();
    assertThat(verify("--from", "2026-11-01")).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("none yet", "holds");
    Installation.open(data).close();
  }

  @Test
  void wordsThatAreNoDays_areRefused() {
    assertThat(verify("--from", "yesterday")).isEqualTo(2);
    assertThat(verify("all")).isEqualTo(2);
    assertThat(verify("--from", "2026-11-28", "--to", "2026-11-01")).isEqualTo(2);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("verify takes days")
        .doesNotContain("holds");
  }
}
