// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SubscriptionSecretTest {

  private static final byte[] SIGNING_KEY = "the-installation's-own-key-32-b!".getBytes(UTF_8);

  /** Subscribers hold these for years: the derivation may never change. */
  @Test
  void secret_staysTheSameForEver() {
    assertThat(HexFormat.of().formatHex(SubscriptionSecret.derive(SIGNING_KEY, "sub_a", 1)))
        .isEqualTo("7b879d407a0f673fa71b759eb11d364a4ae83f4c241f56244363f315b7d1f135");
  }

  @Test
  void secret_isItsSubscriptionsAlone_andItsVersions() {
    byte[] secret = SubscriptionSecret.derive(SIGNING_KEY, "sub_a", 1);
    assertThat(secret)
        .hasSize(32)
        .isNotEqualTo(SubscriptionSecret.derive(SIGNING_KEY, "sub_a", 2))
        .isNotEqualTo(SubscriptionSecret.derive(SIGNING_KEY, "sub_b", 1))
        .isNotEqualTo(SubscriptionSecret.derive("another".getBytes(UTF_8), "sub_a", 1));
  }

  @Test
  void text_isWhatStandardWebhooksLibrariesTake() {
    byte[] secret = SubscriptionSecret.derive(SIGNING_KEY, "sub_a", 1);
    String text = SubscriptionSecret.text(secret);
    assertThat(text).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(Base64.getDecoder().decode(text.substring("whsec_".length()))).isEqualTo(secret);
  }
}
