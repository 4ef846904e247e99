// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

  @ParameterizedTest
  @EnumSource(Service.class)
  void portOfAServiceAlone_thatIsTaken_endsItsStartBeforeAnythingBegins(Service service)
      throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());
      String key = "tocsin." + service.label() + ".port";
      assertRefusedAlone(
          service,
          Map.of(key, port),
          "TOCSIN_" + service.name() + "_PORT is " + port,
          "stop what has it, or set another");
      assertRefusedAlone(
          service, Map.of(key, "1", "server.port", port), "server.port is " + port, "set another");
    }
    assertRefusedAlone(
        service,
        Map.of("tocsin." + service.label() + ".port", "70000"),
        "TOCSIN_" + service.name() + "_PORT should be a port from 1 to 65535",
        "was 70000");
  }

  private void assertRefusedAlone(
      Service service, Map<String, String> settings, String begin, String end) {
    Map<String, String> fixed = new HashMap<>(settings);
    fixed.put("tocsin.data-dir", data.resolve("alone").toString());
    fixed.put("spring.kafka.bootstrap-servers", "127.0.0.1:1");
    try (Launcher launcher = new Launcher(fixed, Map.of())) {
      assertThatThrownBy(() -> launcher.startAlone(service))
          .isInstanceOf(StartRefused.class)
          .hasMessageStartingWith(begin)
          .hasMessageEndingWith(end);
    }
    assertThat(data.resolve("alone")).doesNotExist();
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
