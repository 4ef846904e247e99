// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.endpoint.AddressPolicy;
import dev.tocsin.testkit.receiver.Answer;
import dev.tocsin.testkit.webhook.FakeWebhookReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCallsTest {

  private static final CallLimits PATIENT =
      new CallLimits(Duration.ofSeconds(10), Duration.ofSeconds(20), 16 << 10);

  private static final Duration SOON = Duration.ofMillis(700);
  private static final AddressPolicy LOOPBACK = AddressPolicy.allowing(List.of("127.0.0.0/8"));

  private final FakeWebhookReceiver receiver = FakeWebhookReceiver.start();
  private final HttpCalls calls = HttpCalls.anywhere(PATIENT);

  @AfterEach
  void stop() {
    calls.close();
    receiver.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "localhost", "2130706433", "127.1", "0177.0.0.1", "[::1]", "0.0.0.0"})
  void loopbackInAnySpelling_isNotConnectedTo(String host) {
    try (HttpCalls guarded = HttpCalls.guarded(PATIENT, AddressPolicy.PUBLIC)) {
      assertThat(guarded.make(post("http://" + host + ":" + port() + "/")))
          .isInstanceOfSatisfying(
              Reply.NotSent.class,
              notSent ->
                  assertThat(notSent.reason()).isIn(Reason.FORBIDDEN_ADDRESS, Reason.UNREACHABLE));
    }
    assertThat(receiver.requests()).isEmpty();
  }

  @Test
  void nameWithOnePublicAndOnePrivateAddress_isNotConnectedTo() {
    try (HttpCalls guarded =
        HttpCalls.guarded(PATIENT, AddressPolicy.PUBLIC, names("93.184.215.14,127.0.0.1"))) {
      assertThat(guarded.make(post("http://both.example:" + port() + "/")))
          .isEqualTo(
              new Reply.NotSent(
                  Reason.FORBIDDEN_ADDRESS,
                  "both.example: 127.0.0.1 is in 127.0.0.0/8, which is not public"));
    }
    assertThat(receiver.requests()).isEmpty();
  }

  @Test
  @Tag("bad-input-77")
  void nameThatChangesItsMind_isConnectedToWhereItWasChecked() {
    // The second answer would be refused; were it asked for again after the check, the call failed.
    try (HttpCalls guarded = HttpCalls.guarded(PATIENT, LOOPBACK, names("127.0.0.1", "10.0.0.1"))) {
      assertThat(guarded.make(post("http://flips.example:" + port() + "/")))
          .isInstanceOf(Reply.Answered.class);
    }
    assertThat(receiver.requests()).hasSize(1);
  }

  @Test
  void unknownName_isUnreachable() {
    try (HttpCalls guarded = HttpCalls.guarded(PATIENT, LOOPBACK, names())) {
      assertThat(guarded.make(post("http://nobody.example/")))
          .isInstanceOfSatisfying(
              Reply.NotSent.class,
              notSent -> assertThat(notSent.reason()).isEqualTo(Reason.UNREACHABLE));
    }
  }

  @Test
  @Tag("bad-input-85")
  void endlessBody_isReadToTheLimit() {
    receiver.trickle(Duration.ZERO);
    assertThat(calls.make(post(receiver.uri() + "/")))
        .isInstanceOfSatisfying(
            Reply.Answered.class,
            answered -> assertThat(answered.body().length).isLessThanOrEqualTo(16 << 10));
  }

  @Test
  @Tag("bad-input-85")
  void compressedBody_isNotUnpacked() {
    receiver.failNext(1, new Answer(400, Map.of("Content-Encoding", "gzip"), new byte[] {31, 1}));
    assertThat(calls.make(post(receiver.uri() + "/")))
        .isInstanceOfSatisfying(
            Reply.Answered.class, answered -> assertThat(answered.body()).hasSize(2));
    assertThat(receiver.requests().getFirst().header("Accept-Encoding")).isNull();
  }

  @Test
  @Tag("bad-input-85")
  void headersThatTrickle_endInTime() throws IOException {
    String endless = "HTTP/1.1 200 OK\r\n";
    assertThat(answerOf(endless, "X: y\r\n"))
        .isInstanceOfSatisfying(
            Reply.Lost.class, lost -> assertThat(lost.reason()).isEqualTo(Reason.TIMEOUT));
  }

  @Test
  @Tag("bad-input-85")
  void provisionalAnswersWithoutEnd_endInTime() throws IOException {
    assertThat(answerOf("", "HTTP/1.1 100 Continue\r\n\r\n")).isInstanceOf(Reply.Lost.class);
  }

  @Test
  @Tag("bad-input-85")
  void headerOfAMegabyte_isBrokenOff() throws IOException {
    String large = "HTTP/1.1 200 OK\r\nX: " + "y".repeat(1 << 20);
    assertThat(answerOf(large, "y"))
        .isInstanceOfSatisfying(
            Reply.Lost.class, lost -> assertThat(lost.reason()).isEqualTo(Reason.BROKEN_OFF));
  }

  @Test
  @Tag("bad-input-85")
  void headersWithoutEnd_areBrokenOff() throws IOException {
    assertThat(answerOf("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(10_000), "X: y\r\n"))
        .isInstanceOfSatisfying(
            Reply.Lost.class, lost -> assertThat(lost.reason()).isEqualTo(Reason.BROKEN_OFF));
  }

  @Test
  @Tag("bad-input-85")
  void bodyWhereThereIsNone_isNotRead() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(
          () -> answer(server, "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"));
      assertThat(calls.make(post("http://127.0.0.1:" + server.getLocalPort() + "/"), SOON))
          .isInstanceOfSatisfying(
              Reply.Answered.class,
              answered -> {
                assertThat(answered.code()).isEqualTo(204);
                assertThat(answered.body()).isEmpty();
              });
    }
  }

  @Test
  @Tag("bad-input-85")
  void answerThatIsNoHttp_isBrokenOff() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> answer(server, "SSH-2.0-OpenSSH_9.9\r\n"));
      assertThat(calls.make(post("http://127.0.0.1:" + server.getLocalPort() + "/"), SOON))
          .isInstanceOf(Reply.Lost.class);
    }
  }

  @Test
  void callWithLessTime_endsEarlier() {
    receiver.hang();
    long start = System.nanoTime();
    assertThat(calls.make(post(receiver.uri() + "/"), SOON))
        .isEqualTo(new Reply.Lost(Reason.TIMEOUT, "no answer within PT0.7S"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void manyCalls_areMadeOnceEach() {
    for (int i = 0; i < 20; i++) {
      assertThat(calls.make(post(receiver.uri() + "/"))).isInstanceOf(Reply.Answered.class);
    }
    assertThat(receiver.requests()).hasSize(20);
  }

  @Test
  void callThatFindsNoConnectionFree_isOurFaultAndWasNotStarted() throws Exception {
    CallLimits hasty = new CallLimits(Duration.ofMillis(300), Duration.ofSeconds(20), 1024);
    receiver.hang();
    URI uri = URI.create(receiver.uri() + "/");
    CountDownLatch answered = new CountDownLatch(HttpCalls.CONNECTIONS_EACH);
    try (HttpCalls few = HttpCalls.anywhere(hasty)) {
      for (int i = 0; i < HttpCalls.CONNECTIONS_EACH; i++) {
        Thread.startVirtualThread(
            () -> {
              few.make(Call.post(uri, Map.of(), new byte[] {1}));
              answered.countDown();
            });
      }
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (receiver.requests().size() < HttpCalls.CONNECTIONS_EACH && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(few.make(Call.post(uri, Map.of(), new byte[] {1})))
          .isInstanceOfSatisfying(
              Reply.NotSent.class, n -> assertThat(n.reason()).isEqualTo(Reason.NOT_STARTED));
      receiver.recover();
      assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Reply answerOf(String first, String again) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> trickle(server, first, again));
      return calls.make(post("http://127.0.0.1:" + server.getLocalPort() + "/"), SOON);
    }
  }

  private static void trickle(ServerSocket server, String first, String again) {
    try (Socket socket = server.accept()) {
      write(socket, first);
      for (int i = 0; i < 100 && !socket.isClosed(); i++) {
        write(socket, again);
        socket.setSoTimeout(50);
        drain(socket);
      }
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  /** Waits for the socket's timeout, since nothing more comes after the request. */
  private static void drain(Socket socket) throws IOException {
    byte[] buffer = new byte[1024];
    try {
      while (socket.getInputStream().read(buffer) >= 0) {
        continue;
      }
    } catch (SocketTimeoutException e) {
      assertThat(e).isNotNull();
    }
  }

  private static void answer(ServerSocket server, String text) {
    try (Socket socket = server.accept()) {
      write(socket, text);
      drain(socket);
    } catch (IOException e) {
      assertThat(e).isNotNull();
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private int port() {
    return receiver.uri().getPort();
  }

  private static Call post(String uri) {
    return Call.post(
        URI.create(uri),
        Map.of("webhook-id", "msg_1", "Content-Type", "application/json"),
        "{}".getBytes(StandardCharsets.UTF_8));
  }

  /** Answers in turn; nothing is left for the time after the last. */
  private static DnsResolver names(String... answers) {
    Deque<String> left = new ArrayDeque<>(List.of(answers));
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        String answer = left.poll();
        if (answer == null) {
          throw new UnknownHostException(host);
        }
        return Arrays.stream(answer.split(","))
            .map(InetAddress::ofLiteral)
            .toArray(InetAddress[]::new);
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }
}
