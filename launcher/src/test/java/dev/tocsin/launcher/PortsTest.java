// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(strings = {"70000", "-1", "abc", "80 80", ""})
  void portThatIsNone_isRefusedByTheNameOfItsSetting(String port) {
    assertThatThrownBy(() -> Ports.refuseUnusable(Map.of("TOCSIN_CONSOLE_PORT", port)))
        .isInstanceOf(StartRefused.class)
        .hasMessage(
            "TOCSIN_CONSOLE_PORT should be a port from 1 to 65535, or 0 for a free one: was %s",
            port);
  }

  @Test
  void portThatIsTaken_endsTheStart_andTheDirectoryIsFreeAgain() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());
      assertThatThrownBy(
              () ->
                  Everything.start(
                      data, "", Map.of("tocsin.ingest.port", port, "tocsin.console.port", "0")))
          .isInstanceOf(StartRefused.class)
          .hasMessageStartingWith("TOCSIN_INGEST_PORT is " + port)
          .hasMessageEndingWith("stop what has it, or set another");
    }
    assertThat(data.resolve("broker")).doesNotExist();
    Installation.open(data).close();
  }

  @Test
  void twoServicesOnOnePort_areRefused_butNotOnFreeOnes() throws IOException {
    String free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = Integer.toString(socket.getLocalPort());
    }
    assertThatThrownBy(
            () ->
                Ports.refuseUnusable(
                    Map.of("TOCSIN_INGEST_PORT", free, "TOCSIN_CONSOLE_PORT", free)))
        .isInstanceOf(StartRefused.class)
        .hasMessageEndingWith("are both " + free + ": each needs a port of its own");
    assertThatCode(
            () ->
                Ports.refuseUnusable(Map.of("TOCSIN_INGEST_PORT", "0", "TOCSIN_CONSOLE_PORT", "0")))
        .doesNotThrowAnyException();
  }
}
