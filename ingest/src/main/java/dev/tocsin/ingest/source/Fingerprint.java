// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.source;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The identity of an alert: equal labels, equal fingerprint, in any order and from any source.
 *
 * <p>It is the hash Prometheus uses (FNV-1a over sorted names and values, each ended by 0xFF), so
 * that it makes no difference whether a sender gives it or leaves it out.
 */
public final class Fingerprint {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final int SEPARATOR = 0xff;

  private Fingerprint() {}

  /** Sixteen hex digits. */
  public static String of(Map<String, String> labels) {
    long hash = OFFSET;
    for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
      hash = add(add(hash, label.getKey()), label.getValue());
    }
    return "%016x".formatted(hash);
  }

  private static long add(long hash, String text) {
    long sum = hash;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      sum = (sum ^ b & 0xff) * PRIME;
    }
    return (sum ^ SEPARATOR) * PRIME;
  }
}
