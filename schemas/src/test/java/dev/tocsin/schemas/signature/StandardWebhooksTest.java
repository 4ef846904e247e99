// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.schemas.topic.Json;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StandardWebhooksTest {

  private static final Path PUBLISHED =
      Path.of("/work/shared/fixtures/vectors_standard_webhooks.json");
  private static final Instant AT = Instant.parse("2026-03-01T03:04:05.999Z");
  private static final byte[] SECRET = "an-own-secret-of-32-bytes-length".getBytes(UTF_8);

  /** Computed once with openssl: {@code printf id.timestamp.body | openssl dgst -sha256 -hmac}. */
  @Test
  void signature_isTheOneOpensslComputes() {
    assertThat(
            StandardWebhooks.sign(
                List.of(SECRET), "evt_a", AT, "{\"caf\u00e9\":\"\ud83d\udd25\"}".getBytes(UTF_8)))
        .isEqualTo("v1,WtOo0msnU2qwrF885PHiGht9UUIfIPuJKMJebgfWHus=");
  }

  @Test
  void signature_isHmacWrittenOutByHand() throws Exception {
    byte[] body = {0, (byte) 0xff, '.', '\n'};
    byte[] message = concat(("evt_b." + AT.getEpochSecond() + ".").getBytes(UTF_8), body);
    assertThat(StandardWebhooks.sign(List.of(SECRET), "evt_b", AT, body))
        .isEqualTo("v1," + Base64.getEncoder().encodeToString(hmacByHand(SECRET, message)));
  }

  @Test
  void severalSecrets_whileRotating_giveOnePartEach() {
    byte[] next = "the-next-secret-of-32-bytes-long".getBytes(UTF_8);
    byte[] body = "{}".getBytes(UTF_8);
    assertThat(StandardWebhooks.sign(List.of(SECRET, next), "evt_a", AT, body))
        .isEqualTo(
            StandardWebhooks.sign(List.of(SECRET), "evt_a", AT, body)
                + " "
                + StandardWebhooks.sign(List.of(next), "evt_a", AT, body));
  }

  @Test
  void everyPartOfTheMessage_counts() {
    byte[] body = "{}".getBytes(UTF_8);
    String signature = StandardWebhooks.sign(List.of(SECRET), "evt_a", AT, body);
    assertThat(signature)
        .isNotEqualTo(StandardWebhooks.sign(List.of(SECRET), "evt_b", AT, body))
        .isNotEqualTo(StandardWebhooks.sign(List.of(SECRET), "evt_a", AT.plusSeconds(1), body))
        .isNotEqualTo(StandardWebhooks.sign(List.of(SECRET), "evt_a", AT, new byte[0]))
        .isEqualTo(StandardWebhooks.sign(List.of(SECRET), "evt_a", AT.minusMillis(999), body));
  }

  @Test
  void publishedVectors_areMet() {
    assumeTrue(Files.isReadable(PUBLISHED), "no published vectors on this machine");
    for (JsonNode vector : Json.MAPPER.readTree(PUBLISHED).get("valid")) {
      String secret = vector.get("secret").asString().replaceFirst("^whsec_", "");
      String signature =
          StandardWebhooks.sign(
              List.of(Base64.getDecoder().decode(secret)),
              vector.get("webhook-id").asString(),
              Instant.ofEpochSecond(Long.parseLong(vector.get("webhook-timestamp").asString())),
              vector.get("payload").asString().getBytes(UTF_8));
      assertThat(vector.get("webhook-signature").asString().split(" ")).contains(signature);
    }
  }

  /** RFC 2104 with nothing but a hash, so that it shares no code with what it checks. */
  private static byte[] hmacByHand(byte[] key, byte[] message) throws Exception {
    byte[] inner = Arrays.copyOf(key, 64);
    byte[] outer = Arrays.copyOf(key, 64);
    for (int i = 0; i < 64; i++) {
      inner[i] ^= 0x36;
      outer[i] ^= 0x5c;
    }
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    return sha.digest(concat(outer, sha.digest(concat(inner, message))));
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }
}
