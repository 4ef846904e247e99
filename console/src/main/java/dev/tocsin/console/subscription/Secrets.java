// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import dev.tocsin.console.problem.Refusal;
import dev.tocsin.schemas.signature.SubscriptionSecret;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The installation's signing key, from which each subscription's secret is derived.
 *
 * @param signingKey null when there is none: then nobody can subscribe
 */
public record Secrets(byte @Nullable [] signingKey) {

  private static final int SHORTEST = 32;

  /** From {@code tocsin.signing-key}. */
  public static Secrets parse(@Nullable String base64) {
    if (base64 == null || base64.isBlank()) {
      return new Secrets(null);
    }
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tocsin.signing-key should be base64: it is not", e);
    }
    if (key.length < SHORTEST) {
      throw new IllegalArgumentException(
          "tocsin.signing-key should be base64 of at least %d bytes: has %d"
              .formatted(SHORTEST, key.length));
    }
    return new Secrets(key);
  }

  String of(String subscriptionId, int version) {
    if (signingKey == null) {
      throw Refusal.conflict(
          "nobody can subscribe before tocsin.signing-key is set: base64 of 32 bytes or more, the"
              + " same for console and notifier");
    }
    return SubscriptionSecret.text(SubscriptionSecret.derive(signingKey, subscriptionId, version));
  }

  @Override
  public String toString() {
    return "Secrets";
  }
}
