// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.attempt.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is sent to who cannot prove who they are, or speaks a TLS of the last century. */
@Tag("bad-input-85")
class HttpCallsTlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  /** A server's hello that chooses TLS 1.0, with a cipher of its time. */
  private static final byte[] TLS_1_0 =
      HexFormat.of().parseHex("160301002a" + "02000026" + "0301" + "07".repeat(32) + "00002f00");

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"-validity 30", "-startdate -10d -validity 1"})
  void certificateThatNobodyVouchesFor_isSentNothing(String validity) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(validity), null, null);
    try (ServerSocket server =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertNothingIsSent(server, new byte[0]);
    }
  }

  @Test
  void oldTls_isSentNothing() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertNothingIsSent(server, TLS_1_0);
    }
  }

  private static void assertNothingIsSent(ServerSocket server, byte[] hello) {
    Thread.startVirtualThread(() -> answer(server, hello));
    CallLimits limits = new CallLimits(Duration.ofSeconds(5), Duration.ofSeconds(20), 1024);
    try (HttpCalls calls = HttpCalls.anywhere(limits)) {
      URI uri = URI.create("https://127.0.0.1:" + server.getLocalPort() + "/");
      assertThat(calls.make(Call.post(uri, Map.of(), new byte[] {1})))
          .isInstanceOfSatisfying(
              Reply.NotSent.class,
              notSent -> {
                assertThat(notSent.reason()).isEqualTo(Reason.UNREACHABLE);
                assertThat(notSent.detail()).contains("SSLHandshakeException");
              });
    }
  }

  private static void answer(ServerSocket server, byte[] hello) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write(hello);
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[1024];
      while (in.read(buffer) >= 0) {
        continue;
      }
    } catch (IOException e) {
      // The client leaves in the middle of the handshake.
      assertThat(e).isNotNull();
    }
  }

  private javax.net.ssl.KeyManager[] keys(String validity)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = directory.resolve("keys.p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair -alias server -keyalg EC -dname CN=localhost -ext san=ip:127.0.0.1"));
    command.addAll(1, Arrays.asList(command.removeLast().split(" ")));
    command.addAll(Arrays.asList(validity.split(" ")));
    command.addAll(
        List.of("-storetype", "PKCS12", "-storepass", "changeit", "-keystore", store.toString()));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    return factory.getKeyManagers();
  }
}
