// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Ids made from what they name, so that a recomputation after a replay yields the same one. */
public final class ContentId {

  private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

  /** 20 letters of 5 bits: two of a billion ids collide with a probability below 1e-12. */
  private static final int LETTERS = 20;

  private ContentId() {}

  /** For example {@code of("inc", group, alertId)} is {@code inc_} and twenty letters or digits. */
  public static String of(String prefix, Object... parts) {
    MessageDigest digest = sha256();
    for (Object part : parts) {
      byte[] bytes = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
      // The length goes first, so that ("ab", "c") and ("a", "bc") differ.
      digest.update(
          new byte[] {
            (byte) (bytes.length >> 16), (byte) (bytes.length >> 8), (byte) bytes.length
          });
      digest.update(bytes);
    }
    return prefix + '_' + letters(digest.digest());
  }

  private static String letters(byte[] hash) {
    char[] out = new char[LETTERS];
    int bits = 0;
    int held = 0;
    int next = 0;
    for (int i = 0; i < LETTERS; i++) {
      if (held < 5) {
        bits = bits << 8 | hash[next++] & 0xff;
        held += 8;
      }
      held -= 5;
      out[i] = ALPHABET[bits >> held & 31];
      bits &= (1 << held) - 1;
    }
    return new String(out);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
