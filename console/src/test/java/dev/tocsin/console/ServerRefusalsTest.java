// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ends before the API is asked, on a plain connection, since a client would not send it. */
class ServerRefusalsTest extends ConsoleContext {

  private static final int LONGEST_WAIT_MILLIS = 20_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /v1//incidents HTTP/1.1                 | 400 | written plainly
          GET /v1/incidents;a=b HTTP/1.1              | 400 | written plainly
          GET /v1/../v1/incidents HTTP/1.1            | 400 | written plainly
          FOO /v1/incidents HTTP/1.1                  | 400 | written plainly
          GET /v1/incidents/%00 HTTP/1.1              | 400 | cannot be read
          GET /v1/incidents/a%2fb HTTP/1.1            | 400 | cannot be read
          GET /v1/incidents/%ff HTTP/1.1              | 400 | cannot be read
          GET /v1/incidents/\u00ff HTTP/1.1           | 400 | cannot be read
          GET /v1\\incidents HTTP/1.1                 | 400 | cannot be read
          GET /v1/incidents?q=%zz HTTP/1.1            | 400 | query should be UTF-8
          GET /v1/incidents?q=%ff HTTP/1.1            | 400 | query should be UTF-8
          GET /v1/incidents HTTP/9.1                  | 505 | does not take
          TRACE /v1/incidents HTTP/1.1                | 405 | the header Allow
          """)
  void requestThatIsNone_isAProblem(String line, int status, String detail) throws IOException {
    assertProblem(answer(line, ""), status, detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Content-Length: abc         | 400 | cannot be read
          Content-Length: -5          | 400 | cannot be read
          Transfer-Encoding: foo      | 501 | does not take
          Transfer-Encoding: chunked  | 400 | ended early
          """)
  void bodyWithoutAnEnd_isAProblem(String header, int status, String detail) throws IOException {
    String type = "Content-Type: application/json\r\n";
    String answer = answer("POST /v1/silences HTTP/1.1", type + header + "\r\n");
    assertProblem(answer, status, detail);
  }

  private String answer(String line, String headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(LONGEST_WAIT_MILLIS);
      String request =
          "%s\r\nHost: x\r\nConnection: close\r\nAuthorization: %s\r\n%s\r\nzzz\r\n"
              .formatted(line, BASIC, headers);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static void assertProblem(String answer, int status, String detail) {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .contains("Content-Type: application/problem+json", "\"status\":" + status)
        .contains("\"detail\":\"")
        .contains(detail)
        .doesNotContain("<html", "Exception", "\"/error\"");
  }
}
