// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import dev.tocsin.console.auth.Subscriber;
import dev.tocsin.console.problem.Refusal;
import dev.tocsin.schemas.signature.SubscriberToken;
import dev.tocsin.schemas.signature.SubscriptionSecret;
import java.util.Base64;
import java.util.Optional;
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
    return SubscriptionSecret.text(SubscriptionSecret.derive(key(), subscriptionId, version));
  }

  /** With which the subscriber itself may ask for what was sent to it. */
  String tokenOf(String subscriptionId, int version) {
    return new SubscriberToken(subscriptionId, version).text(key());
  }

  /** Whose token it is; empty when it is nobody's. */
  public Optional<Subscriber> subscriber(String token) {
    return signingKey == null
        ? Optional.empty()
        : SubscriberToken.read(signingKey, token)
            .map(t -> new Subscriber(t.subscriptionId(), t.version()));
  }

  private byte[] key() {
    if (signingKey == null) {
      throw Refusal.conflict(
          "nobody can subscribe before tocsin.signing-key is set: base64 of 32 bytes or more, the"
              + " same for console and notifier");
    }
    return signingKey;
  }

  @Override
  public String toString() {
    return "Secrets";
  }
}
