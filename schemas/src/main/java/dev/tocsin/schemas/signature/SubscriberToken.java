// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets a subscriber ask for its own subscription's past, and for nothing else.
 *
 * <p>Like the {@link SubscriptionSecret} it is derived and never stored, and a new version of one
 * is a new version of the other. The secret does not tell the token, nor the reverse.
 *
 * @param version of the secret it was given with
 */
public record SubscriberToken(String subscriptionId, int version) {

  private static final Pattern FORM =
      Pattern.compile("tocsub_([A-Za-z0-9_-]{1,64})\\.([1-9]\\d{0,8})\\.([A-Za-z0-9_-]{43})");

  /** The form a subscriber is given once. */
  public String text(byte[] signingKey) {
    String mac = Base64.getUrlEncoder().withoutPadding().encodeToString(mac(signingKey));
    return "tocsub_%s.%d.%s".formatted(subscriptionId, version, mac);
  }

  /** Whose token it is; empty when it is not one of ours. */
  public static Optional<SubscriberToken> read(byte[] signingKey, String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    SubscriberToken token = new SubscriberToken(form.group(1), Integer.parseInt(form.group(2)));
    byte[] given = text.getBytes(StandardCharsets.UTF_8);
    byte[] right = token.text(signingKey).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, right) ? Optional.of(token) : Optional.empty();
  }

  private byte[] mac(byte[] signingKey) {
    return SubscriptionSecret.hmacSha256(
        signingKey,
        ("subscriber-token/" + subscriptionId + '/' + version).getBytes(StandardCharsets.UTF_8));
  }
}
