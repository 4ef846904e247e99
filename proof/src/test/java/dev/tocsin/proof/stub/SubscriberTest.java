// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.stub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.signature.StandardWebhooks;
import dev.tocsin.schemas.signature.SubscriptionSecret;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriberTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest(name = "{0}, {1} s off: {2}, signed {3}")
  @CsvSource(
      textBlock =
          """
          0123456789abcdef0123456789abcdef,    0, 204, true
          0123456789abcdef0123456789abcdef,  300, 204, true
          0123456789abcdef0123456789abcdef,  301, 401, true
          0123456789abcdef0123456789abcdef, -301, 401, true
          abcdef0123456789abcdef0123456789,    0, 401, false
          """)
  void webhook_isTakenWhenItWasSignedAboutNow(String key, long off, int status, boolean signed)
      throws Exception {
    try (Subscriber subscriber = Subscriber.start(InstantSource.fixed(NOW));
        HttpClient client = HttpClient.newHttpClient()) {
      subscriber.trust(SubscriptionSecret.text(bytes("0123456789abcdef0123456789abcdef")));
      Instant at = NOW.plus(Duration.ofSeconds(off));
      HttpResponse<Void> answer =
          client.send(
              HttpRequest.newBuilder(subscriber.uri().resolve("/hook"))
                  .header(StandardWebhooks.ID, "msg_1")
                  .header(StandardWebhooks.TIMESTAMP, Long.toString(at.getEpochSecond()))
                  .header(
                      StandardWebhooks.SIGNATURE,
                      StandardWebhooks.sign(List.of(bytes(key)), "msg_1", at, BODY))
                  .POST(HttpRequest.BodyPublishers.ofByteArray(BODY))
                  .build(),
              HttpResponse.BodyHandlers.discarding());
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(subscriber.isSigned(subscriber.requests().getFirst())).isEqualTo(signed);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
