// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.tocsin.schemas.signature.StandardWebhooks;
import dev.tocsin.schemas.signature.SubscriptionSecret;
import dev.tocsin.testkit.receiver.Visitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeWebhookReceiverTest {

  private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
  private static final byte[] SECRET =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OTHER =
      "abcdef0123456789abcdef0123456789".getBytes(StandardCharsets.UTF_8);
  private static final String BODY = "{\"type\":\"t\",\"n\":\"ü\"}";

  private final FakeWebhookReceiver receiver =
      FakeWebhookReceiver.start(0, InstantSource.fixed(AT));

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void signature_isCheckedOnceASecretIsTrusted() throws IOException {
    assertThat(send("m1", AT, List.of(OTHER))).isEqualTo(204);
    receiver.trust(SubscriptionSecret.text(SECRET));
    assertThat(send("m2", AT, List.of(OTHER))).isEqualTo(401);
    assertThat(send("m3", AT, List.of(OTHER, SECRET))).isEqualTo(204);
    assertThat(receiver.events())
        .extracting(FakeWebhookReceiver.Received::webhookId, FakeWebhookReceiver.Received::verified)
        .containsExactly(tuple("m1", false), tuple("m3", true));
  }

  @Test
  void staleSignature_isRefused() throws IOException {
    receiver.trust(SubscriptionSecret.text(SECRET));
    assertThat(send("m1", AT.minus(Duration.ofSeconds(301)), List.of(SECRET))).isEqualTo(401);
    assertThat(send("m1", AT.plus(Duration.ofSeconds(301)), List.of(SECRET))).isEqualTo(401);
    assertThat(send("m1", AT.minus(Duration.ofSeconds(299)), List.of(SECRET))).isEqualTo(204);
  }

  @Test
  void repeat_isCountedButIsNoSecondEvent() throws IOException {
    send("m1", AT, List.of(SECRET));
    send("m1", AT, List.of(SECRET));
    assertThat(receiver.timesReceived("m1")).isEqualTo(2);
    assertThat(receiver.events()).hasSize(1);
    assertThat(receiver.events().getFirst().type()).isEqualTo("t");
  }

  /** The example of the Standard Webhooks specification's own libraries. */
  @Test
  void signatureOfTheSpecificationsLibraries_verifies() {
    assertThat(
            StandardWebhooks.sign(
                List.of(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  private int send(String id, Instant at, List<byte[]> secrets) throws IOException {
    String signature =
        StandardWebhooks.sign(secrets, id, at, BODY.getBytes(StandardCharsets.UTF_8));
    return new Visitor(
            receiver,
            Map.of(
                StandardWebhooks.ID,
                id,
                StandardWebhooks.TIMESTAMP,
                String.valueOf(at.getEpochSecond()),
                StandardWebhooks.SIGNATURE,
                signature))
        .status("POST", "/hooks", BODY);
  }
}
