// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.endpoint.Hops;
import dev.tocsin.testkit.alert.SampleAlerts;
import dev.tocsin.testkit.alert.SampleMessages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** What is wrong with the connection, not with the message. No broker: the disk is enough. */
@ExtendWith(OutputCaptureExtension.class)
class TransportTest {

  private static final String GOOD = SampleMessages.grafana(SampleAlerts.API_DOWN);
  private static final String START =
      "POST /v1/alerts/grafana HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer let-me-in\r\n";

  @TempDir static Path data;
  private static ConfigurableApplicationContext context;
  private static int port;

  @BeforeAll
  static void start() {
    context =
        new SpringApplicationBuilder(IngestApplication.class)
            .properties("spring.config.name=ingest")
            .run(
                "--server.port=0",
                "--spring.kafka.bootstrap-servers=127.0.0.1:1",
                "--tocsin.data-dir=" + data,
                "--server.tomcat.connection-timeout=1s",
                "--tocsin.ingest.admission.messages=8",
                "--tocsin.ingest.sources.grafana.token=let-me-in",
                "--tocsin.ingest.sources.signed.type=grafana",
                "--tocsin.ingest.sources.signed.hmac-secret=s3cret");
    port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @Test
  @Tag("bad-input-13")
  void bodyWithLengthAndChunks_isRefusedAndTheConnectionClosed() throws IOException {
    String smuggled =
        START
            + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            + "POST /v1/alerts/grafana HTTP/1.1\r\nHost: x\r\n\r\n";

    String answer = raw(smuggled);

    assertThat(answer).startsWith("HTTP/1.1 400").contains("Connection: close");
    assertThat(answer.split("HTTP/1.1 ", -1)).as("the second is not answered").hasSize(2);
  }

  @Test
  @Tag("bad-input-14")
  void tooManyHeaders_areRefused() throws IOException {
    assertThat(raw(START + "X-H: 1\r\n".repeat(300) + "Connection: close\r\n" + length("")))
        .startsWith("HTTP/1.1 431")
        .contains("headers-too-large", "there are 304 headers, and 100 are read");
    assertThat(raw(START + "Connection: close\r\nX-H: " + "h".repeat(66_000) + "\r\n" + length("")))
        .startsWith("HTTP/1.1 431");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/alerts/../admin",
        "/v1/alerts/grafana/../../admin",
        "/v1/alerts/%2e%2e/admin",
        "/v1/alerts/%2e%2e%2fadmin",
        "/v1/alerts/..%2fadmin",
        "/v1/alerts/..;/admin",
        "/v1/alerts/grafana;jsessionid=1",
        "/v1/alerts/graf%61na",
        "/v1/alerts//grafana",
        "/v1/alerts/grafana%00",
        "/v1/alerts/grafana%0a",
        "/v1\\alerts\\grafana"
      })
  @Tag("bad-input-15")
  void pathThatIsNotWrittenPlainly_leadsNowhere(String path) throws IOException {
    String answer =
        raw(
            START.replace("/v1/alerts/grafana", path)
                + "Connection: close\r\n"
                + length(GOOD)
                + GOOD);

    assertThat(answer)
        .matches("(?s)HTTP/1.1 40[04] .*")
        .contains("application/problem+json", "\"detail\":");
  }

  @Test
  @Tag("bad-input-2")
  void bodyThatFallsSilent_isToldSoAndCutOff() throws IOException {
    String answer = raw(START + "Content-Length: 10\r\n\r\n123456789");

    assertThat(answer).startsWith("HTTP/1.1 408").contains("Connection: close");
  }

  @Test
  @Tag("bad-input-28")
  void tokenInTheAddress_isInNoLog(CapturedOutput output) throws IOException {
    String answer =
        raw(
            START.replace("grafana HTTP", "grafana?token=s3cr3t-in-address HTTP")
                + "Connection: close\r\n"
                + length(GOOD)
                + GOOD);

    assertThat(answer).startsWith("HTTP/1.1 401").doesNotContain("s3cr3t-in-address");
    assertThat(output.getAll()).doesNotContain("s3cr3t-in-address");
  }

  @Test
  @Tag("bad-input-16")
  void http2_isNotSpoken_soThereIsNoStreamToReset() throws IOException {
    String answer = raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    assertThat(answer).doesNotContain(" 200").doesNotContain(" 202");
    String upgraded =
        raw(
            "GET /v1/alerts/grafana HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\n"
                + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n");
    assertThat(upgraded).startsWith("HTTP/1.1 4").doesNotContain("101");
  }

  @Test
  @Tag("bad-input-17")
  void senderThatWaitsForContinue_isToldSo_andOneThatDoesNotIsTakenToo() throws IOException {
    String head = START + "Connection: close\r\nExpect: 100-continue\r\n" + length(GOOD);

    assertThat(raw(head + GOOD)).contains("HTTP/1.1 202");
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(head.getBytes(UTF_8));
      byte[] told = socket.getInputStream().readNBytes("HTTP/1.1 100".length());
      assertThat(new String(told, UTF_8)).isEqualTo("HTTP/1.1 100");
      socket.getOutputStream().write(GOOD.getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .contains("HTTP/1.1 202");
    }
  }

  @Test
  @Tag("bad-input-2")
  void headerThatTrickles_isCutOff() throws IOException {
    long start = System.nanoTime();
    try (Socket socket = new Socket("localhost", port)) {
      socket.getOutputStream().write(START.getBytes(US_ASCII));

      int sent = trickle(socket, 300);

      assertThat(sent).as("bytes of a header that never ends").isLessThan(300);
    }
    assertThat(System.nanoTime() - start).isGreaterThan(HeaderDeadline.LONGEST.toNanos());
  }

  @Test
  void connectionKeptBetweenTwoRequests_isNotCutOff() throws Exception {
    try (Socket socket = new Socket("localhost", port)) {
      // Longer than a header may take.
      socket.setSoTimeout((int) HeaderDeadline.LONGEST.plusSeconds(1).toMillis());
      for (int i = 0; i < 2; i++) {
        socket.getOutputStream().write((START + length(GOOD) + GOOD).getBytes(UTF_8));
        assertThat(untilSilence(socket)).startsWith("HTTP/1.1 202");
      }
    }
  }

  @Test
  @Tag("bad-input-82")
  void ourOwnEvent_isRefusedForGood_whateverItHoldsAndWhoeverSendsIt() throws IOException {
    String answer = raw(START + Hops.HEADER + ": 1\r\nConnection: close\r\n" + length(GOOD) + GOOD);

    assertThat(answer).startsWith("HTTP/1.1 410").contains("own-event");
  }

  @Test
  void strangersWithoutTheSecret_keepNobodyOutWhoHasIt() throws Exception {
    List<Socket> flood = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        flood.add(socket);
        socket
            .getOutputStream()
            .write(
                ("POST /v1/alerts/signed HTTP/1.1\r\nHost: x\r\nX-Grafana-Alerting-Signature: "
                        + "0".repeat(64)
                        + "\r\nContent-Length: 1000\r\n\r\n{")
                    .getBytes(US_ASCII));
      }
      // Of those beyond their share the refusals are there: the others hang in their bodies.
      flood.getLast().setSoTimeout(5_000);
      assertThat(flood.getLast().getInputStream().read(new byte[12])).isEqualTo(12);

      String signed =
          "POST /v1/alerts/signed HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Grafana-Alerting-Signature: "
              + hmac(GOOD)
              + "\r\n"
              + length(GOOD);
      for (int i = 0; i < 3; i++) {
        assertThat(raw(signed + GOOD)).startsWith("HTTP/1.1 202");
      }
    } finally {
      for (Socket socket : flood) {
        socket.close();
      }
    }
  }

  private static String untilSilence(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    try {
      for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
        answer.append((char) c);
      }
    } catch (SocketTimeoutException e) {
      return answer.toString();
    }
    throw new AssertionError("closed while idle, after " + answer);
  }

  /** A byte each tenth of a second, until the server closes the connection. */
  private static int trickle(Socket socket, int bytes) throws IOException {
    socket.setSoTimeout(100);
    for (int sent = 0; sent < bytes; sent++) {
      try {
        socket.getOutputStream().write('x');
        if (socket.getInputStream().read() < 0) {
          return sent;
        }
      } catch (SocketTimeoutException e) {
        continue;
      } catch (SocketException e) {
        return sent;
      }
    }
    return bytes;
  }

  private static String length(String body) {
    return "Content-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n";
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      StringBuilder answer = new StringBuilder();
      byte[] buffer = new byte[4096];
      try {
        for (int n = socket.getInputStream().read(buffer);
            n >= 0;
            n = socket.getInputStream().read(buffer)) {
          answer.append(new String(buffer, 0, n, UTF_8));
        }
      } catch (SocketException e) {
        return answer.toString();
      }
      return answer.toString();
    }
  }

  private static String hmac(String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("s3cret".getBytes(UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
  }
}
