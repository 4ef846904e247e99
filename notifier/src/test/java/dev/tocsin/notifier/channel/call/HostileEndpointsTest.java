// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.channel.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.attempt.Reason;
import dev.tocsin.schemas.endpoint.AddressPolicy;
import dev.tocsin.schemas.endpoint.EndpointPolicy;
import dev.tocsin.testkit.endpoint.HostileEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpus, with a listener on this machine as the oracle: it must never hear of anybody. What
 * registration would refuse is tried at the connect all the same, as if the rules had been laxer.
 */
class HostileEndpointsTest {

  private static final CallLimits LIMITS =
      new CallLimits(Duration.ofMillis(300), Duration.ofMillis(600), 1024);

  private final AtomicInteger heard = new AtomicInteger();
  private ServerSocket listener;

  static List<HostileEndpoint> all() {
    return HostileEndpoint.all();
  }

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual()
        .start(
            () -> {
              while (!listener.isClosed()) {
                try (Socket socket = listener.accept()) {
                  heard.addAndGet(socket.isConnected() ? 1 : 0);
                } catch (IOException e) {
                  return;
                }
              }
            });
  }

  @AfterEach
  void stop() throws IOException {
    listener.close();
  }

  @Test
  void corpus_isAsLargeAsItClaims() {
    assertThat(all()).hasSizeGreaterThanOrEqualTo(120).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("all")
  @Tag("bad-input-75-76-79-80-81-82-83")
  void hostileEndpoint_isRefusedByItsText_whereTheTextTells(HostileEndpoint hostile) {
    List<String> faults = new EndpointPolicy(AddressPolicy.PUBLIC).faults(hostile.url());
    assertThat(!faults.isEmpty())
        .as(String.valueOf(faults))
        .isEqualTo(hostile.refusedAtRegistration());
  }

  /** Those that a client can be asked for at all. */
  static List<HostileEndpoint> connectable() {
    return all().stream().filter(hostile -> host(hostile.url()) != null).toList();
  }

  @ParameterizedTest
  @MethodSource("connectable")
  @Tag("bad-input-75-76-77")
  void hostileEndpoint_isNeverConnectedTo(HostileEndpoint hostile) {
    try (HttpCalls calls =
        HttpCalls.guarded(LIMITS, AddressPolicy.PUBLIC, resolver(hostile.addresses()))) {
      Reply reply = ask(calls, String.valueOf(host(hostile.url())));
      assertThat(reply).isInstanceOf(Reply.NotSent.class);
      if (!hostile.addresses().isEmpty()) {
        assertThat(((Reply.NotSent) reply).reason()).isEqualTo(Reason.FORBIDDEN_ADDRESS);
      }
    }
    assertThat(heard).hasValue(0);
  }

  /** A name is looked up once a call, and what is checked is what is connected to. */
  @Test
  @Tag("bad-input-77")
  void nameThatChangesItsMind_isForbiddenFromThenOn() {
    AddressPolicy one = AddressPolicy.allowing(List.of("127.0.0.2/32"));
    Deque<String> answers = new ArrayDeque<>(List.of("127.0.0.2", "127.0.0.1", "127.0.0.2"));
    DnsResolver turning = resolver(() -> List.of(String.valueOf(answers.poll())));
    try (HttpCalls calls = HttpCalls.guarded(LIMITS, one, turning)) {
      assertThat(((Reply.NotSent) ask(calls, "turning.example")).reason())
          .as("nobody listens at the allowed address")
          .isEqualTo(Reason.UNREACHABLE);
      assertThat(((Reply.NotSent) ask(calls, "turning.example")).reason())
          .isEqualTo(Reason.FORBIDDEN_ADDRESS);
    }
    assertThat(answers).hasSize(1);
    assertThat(heard).hasValue(0);
  }

  /** The corpus proves something only if the listener would have heard. */
  @Test
  void withoutTheGuard_theListenerHears() {
    AddressPolicy lax = AddressPolicy.allowing(List.of("127.0.0.0/8"));
    try (HttpCalls calls = HttpCalls.guarded(LIMITS, lax, resolver(List.of("127.0.0.1")))) {
      assertThat(ask(calls, "inside.example.com")).isInstanceOf(Reply.Lost.class);
    }
    assertThat(heard).hasValue(1);
  }

  /** Asks the listener's port, whatever the URL says: else nothing would be there. */
  private Reply ask(HttpCalls calls, String host) {
    URI uri = URI.create("http://%s:%d/".formatted(host, listener.getLocalPort()));
    return calls.make(Call.post(uri, Map.of(), new byte[] {1}));
  }

  private static String host(String url) {
    try {
      URI uri = new URI(url);
      return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme())
          ? uri.getHost()
          : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Knows literals and what it is told, and asks no network. */
  private static DnsResolver resolver(List<String> addresses) {
    return resolver(() -> addresses);
  }

  private static DnsResolver resolver(Supplier<List<String>> answers) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        List<String> answer = answers.get();
        if (!answer.isEmpty()) {
          return answer.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        }
        if (host.contains(":") || host.matches("[0-9.]+|0[xX][0-9a-fA-F.xX]+")) {
          return InetAddress.getAllByName(host);
        }
        throw new UnknownHostException(host);
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }
}
