// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.signature;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Signs as <a href="https://github.com/standard-webhooks/standard-webhooks">Standard Webhooks
 * 1.0.0</a> says: HMAC-SHA256 over {@code id.timestamp.body}.
 */
public final class StandardWebhooks {

  public static final String ID = "webhook-id";
  public static final String TIMESTAMP = "webhook-timestamp";
  public static final String SIGNATURE = "webhook-signature";

  private StandardWebhooks() {}

  /**
   * The value of the signature header: one {@code v1,} part for each secret, separated by spaces.
   */
  public static String sign(List<byte[]> secrets, String id, Instant at, byte[] body) {
    byte[] head = (id + '.' + at.getEpochSecond() + '.').getBytes(StandardCharsets.UTF_8);
    byte[] message = new byte[head.length + body.length];
    System.arraycopy(head, 0, message, 0, head.length);
    System.arraycopy(body, 0, message, head.length, body.length);
    return secrets.stream()
        .map(
            secret ->
                "v1,"
                    + Base64.getEncoder()
                        .encodeToString(SubscriptionSecret.hmacSha256(secret, message)))
        .collect(Collectors.joining(" "));
  }
}
