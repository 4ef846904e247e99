// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.boot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A service that serves nothing but its health, as stream services do. */
class ServerRefusalsTest {

  private static final int LONGEST_WAIT_MILLIS = 20_000;

  private static ConfigurableApplicationContext service;

  @ServiceApplication
  static final class Idle {}

  @BeforeAll
  static void start(@TempDir Path data) {
    service =
        new SpringApplicationBuilder(Idle.class)
            .properties(
                "spring.config.name=tocsin-boot", "server.port=0", "tocsin.data-dir=" + data)
            .run();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /actuator/health HTTP/1.1      | 200
          GET /actuator/%00 HTTP/1.1         | 400
          GET /actuator\\health HTTP/1.1     | 400
          GET /actuator/health HTTP/9.1      | 505
          """)
  void whatIsNoRequest_isAProblem(String line, int status) throws IOException {
    String answer = answer(line);

    assertThat(answer).startsWith("HTTP/1.1 " + status).doesNotContain("<html");
    if (status != 200) {
      assertThat(answer)
          .contains("Content-Type: application/problem+json", "\"status\":" + status, "\"detail\"");
    }
  }

  private static String answer(String line) throws IOException {
    int port = ((ServletWebServerApplicationContext) service).getWebServer().getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(LONGEST_WAIT_MILLIS);
      socket
          .getOutputStream()
          .write((line + "\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}
