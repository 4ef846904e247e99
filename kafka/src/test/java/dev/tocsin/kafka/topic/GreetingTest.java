// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.topic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GreetingTest {

  private static final byte[] HTTP = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] ALERT = HexFormat.of().parseHex("15030300020232");
  private static final byte[] SSH = "SSH-2.0-OpenSSH_9.2\r\n".getBytes(US_ASCII);
  private static final byte[] BROKER = HexFormat.of().parseHex("0000000a000000000000");

  @Test
  void whatAnswersAndIsNoBroker_isRefusedByItsAddress() throws IOException {
    assertRefused(HTTP, "it speaks HTTP");
    assertRefused(ALERT, "it speaks TLS: set spring.kafka.security.protocol");
    assertRefused(SSH, "it speaks something else");
  }

  private static void assertRefused(byte[] answer, String why) throws IOException {
    try (ServerSocket stranger = answering(answer)) {
      String address = "127.0.0.1:" + stranger.getLocalPort();
      assertThatThrownBy(() -> Greeting.refuseStrangers(client(address)))
          .isInstanceOf(NotUsableException.class)
          .hasMessageContaining(address)
          .hasMessageContaining(why);
    }
  }

  @Test
  void brokers_thoseThatDoNotAnswerYet_andWhatOnlyTheClientReads_areLeftAlone() throws IOException {
    int gone;
    try (ServerSocket socket = new ServerSocket(0)) {
      gone = socket.getLocalPort();
    }
    try (ServerSocket broker = answering(BROKER)) {
      String address = "localhost:" + broker.getLocalPort();
      assertThatCode(
              () ->
                  Greeting.refuseStrangers(client("127.0.0.1:" + gone, address, "no port", "[::")))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void overTls_nothingIsAsked() throws IOException {
    try (ServerSocket stranger = answering(HTTP)) {
      Map<String, Object> client =
          Map.of(
              "bootstrap.servers",
              "127.0.0.1:" + stranger.getLocalPort(),
              "security.protocol",
              "SSL");
      assertThatCode(() -> Greeting.refuseStrangers(client)).doesNotThrowAnyException();
    }
  }

  private static Map<String, Object> client(String... addresses) {
    return Map.of("bootstrap.servers", List.of(addresses));
  }

  /** Waits for a request, and answers each with the same. */
  private static ServerSocket answering(byte[] answer) throws IOException {
    ServerSocket server = new ServerSocket(0, 10, InetAddress.getByName("localhost"));
    Thread.ofVirtual()
        .start(
            () -> {
              while (!server.isClosed()) {
                try (Socket caller = server.accept()) {
                  caller.getInputStream().readNBytes(14);
                  caller.getOutputStream().write(answer);
                } catch (IOException e) {
                  return; // The test is over.
                }
              }
            });
    return server;
  }
}
