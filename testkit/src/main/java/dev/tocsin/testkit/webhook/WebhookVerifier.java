// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.testkit.webhook;

import dev.tocsin.testkit.receiver.Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies Standard Webhooks 1.0.0. Written from the specification and not from our signing code,
 * so that a mistake there does not cancel out here.
 */
public final class WebhookVerifier {

  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private WebhookVerifier() {}

  /** Whether the secret ({@code whsec_...}) signed the request, within five minutes of now. */
  public static boolean verifies(String secret, Request request, Instant now) {
    return signed(secret, request) && isFresh(request, now);
  }

  /** Whether the secret signed the request, whenever that was. */
  public static boolean signed(String secret, Request request) {
    String id = request.header("webhook-id");
    String timestamp = request.header("webhook-timestamp");
    String signatures = request.header("webhook-signature");
    if (id == null || timestamp == null || signatures == null) {
      return false;
    }
    byte[] expected = expected(secret, id, timestamp, request.body());
    boolean found = false;
    for (String signature : signatures.split(" ")) {
      byte[] given = signature.getBytes(StandardCharsets.US_ASCII);
      found |= MessageDigest.isEqual(expected, given);
    }
    return found;
  }

  private static boolean isFresh(Request request, Instant now) {
    String timestamp = request.header("webhook-timestamp");
    if (timestamp == null || !timestamp.matches("\\d{1,12}")) {
      return false;
    }
    Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs();
    return age.compareTo(TOLERANCE) <= 0;
  }

  private static byte[] expected(String secret, String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      ByteArrayOutputStream signed = new ByteArrayOutputStream();
      signed.writeBytes(id.getBytes(StandardCharsets.UTF_8));
      signed.write('.');
      signed.writeBytes(timestamp.getBytes(StandardCharsets.UTF_8));
      signed.write('.');
      signed.writeBytes(body);
      String base64 = Base64.getEncoder().encodeToString(mac.doFinal(signed.toByteArray()));
      return ("v1," + base64).getBytes(StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
