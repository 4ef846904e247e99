// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 in hex, of the body as it was sent, or of that with something ahead of it: senders
 * who sign the time too put it there.
 */
final class HexSignature {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int HEX_DIGITS = 64;

  private final List<SecretKeySpec> keys;

  HexSignature(List<String> secrets) {
    this.keys =
        secrets.stream()
            .map(s -> new SecretKeySpec(s.getBytes(StandardCharsets.UTF_8), ALGORITHM))
            .toList();
  }

  /**
   * Whether one of the secrets made it. Takes as long for a wrong signature as for a right one.
   *
   * @param ahead what is signed before the body
   */
  boolean isRight(String given, String ahead, byte[] body) {
    byte[] signature = bytes(given);
    boolean right = false;
    for (SecretKeySpec key : keys) {
      right |= MessageDigest.isEqual(sign(key, ahead, body), signature);
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

  private static byte[] sign(SecretKeySpec key, String ahead, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(ahead.getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
