// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Secrets to compare with. They are compared as hashes, all of them and to the end, so that the
 * time it takes tells neither their content nor their length nor which of them it was.
 */
final class Secrets {

  private final List<byte[]> hashes;

  Secrets(List<String> secrets) {
    this.hashes = secrets.stream().map(Secrets::hash).toList();
  }

  boolean contain(String given) {
    byte[] hash = hash(given);
    boolean found = false;
    for (byte[] known : hashes) {
      found |= MessageDigest.isEqual(known, hash);
    }
    return found;
  }

  boolean isEmpty() {
    return hashes.isEmpty();
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
