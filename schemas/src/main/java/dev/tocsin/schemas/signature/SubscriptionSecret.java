// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that signs what one subscription receives.
 *
 * <p>It is derived from the installation's signing key and never stored: the topics hold only which
 * version is in force. A new version is a new secret.
 */
public final class SubscriptionSecret {

  private static final String PREFIX = "whsec_";

  private SubscriptionSecret() {}

  /** Key bytes: 32, as Standard Webhooks asks for 24 to 64. */
  public static byte[] derive(byte[] signingKey, String subscriptionId, int version) {
    return hmacSha256(
        signingKey,
        ("subscription/" + subscriptionId + '/' + version).getBytes(StandardCharsets.UTF_8));
  }

  /** The form a subscriber is given once: {@code whsec_} and base64. */
  public static String text(byte[] secret) {
    return PREFIX + Base64.getEncoder().encodeToString(secret);
  }

  static byte[] hmacSha256(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
