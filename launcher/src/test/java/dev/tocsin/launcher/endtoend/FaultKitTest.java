// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.launcher.Tocsin;
import dev.tocsin.proof.ProveCommand;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fault kit as a test: {@code -Dtocsin.kills=N} asks for it, at most three minutes of faults,
 * {@code -Dtocsin.kills.seed=S} for other ones. It takes minutes, so the usual build leaves it out.
 */
@Tag("kills")
class FaultKitTest {

  private static final String FAULTS_FOR_MINUTES = "5";

  @TempDir Path directory;

  @Test
  void killedAgainAndAgain_losesAndDoublesNothing() {
    PrintStream out = System.out;
    int status =
        ProveCommand.run(
            List.of(
                "--kills",
                System.getProperty("tocsin.kills", "60"),
                "--seed",
                System.getProperty("tocsin.kills.seed", "1"),
                "--minutes",
                FAULTS_FOR_MINUTES,
                "--brisk",
                "--out",
                directory.toString()),
            Tocsin.class.getName(),
            out);
    assertThat(status).as("what is above says what was lost or doubled").isZero();
  }
}
