// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Grafana's signature: HMAC-SHA256 in hex, of the body as it was sent or, with a timestamp, of
 * {@code <seconds>:<body>}.
 */
final class GrafanaSignature {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int HEX_DIGITS = 64;

  private final List<SecretKeySpec> keys;

  GrafanaSignature(List<String> secrets) {
    this.keys =
        secrets.stream()
            .map(s -> new SecretKeySpec(s.getBytes(StandardCharsets.UTF_8), ALGORITHM))
            .toList();
  }

  /** Whether one of the secrets made it. Takes as long for a wrong signature as for a right one. */
  boolean isRight(String given, byte[] body, @Nullable String timestamp) {
    byte[] signature = bytes(given);
    boolean right = false;
    for (SecretKeySpec key : keys) {
      right |= MessageDigest.isEqual(sign(key, body, timestamp), signature);
    }
    return right;
  }

  private static byte[] bytes(String hex) {
    if (hex.length() != HEX_DIGITS) {
      return new byte[0];
    }
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] sign(SecretKeySpec key, byte[] body, @Nullable String timestamp) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      if (timestamp != null) {
        mac.update((timestamp + ':').getBytes(StandardCharsets.UTF_8));
      }
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
