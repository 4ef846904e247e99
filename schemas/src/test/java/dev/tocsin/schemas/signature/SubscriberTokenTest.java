// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriberTokenTest {

  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private static final SubscriberToken TOKEN = new SubscriberToken("sub_abc", 2);

  @Test
  void token_tellsWhoseItIs_toWhoeverHoldsTheKey() {
    assertThat(SubscriberToken.read(KEY, TOKEN.text(KEY))).hasValue(TOKEN);
    assertThat(SubscriberToken.read(new byte[32], TOKEN.text(KEY))).isEmpty();
  }

  @Test
  void tokenOfAnother_orOfAnotherVersion_cannotBeMadeOfOne() {
    String text = TOKEN.text(KEY);
    assertThat(SubscriberToken.read(KEY, text.replace("sub_abc", "sub_abd"))).isEmpty();
    assertThat(SubscriberToken.read(KEY, text.replace(".2.", ".3."))).isEmpty();
    assertThat(SubscriberToken.read(KEY, text.replace(".2.", ".02."))).isEmpty();
  }

  @Test
  void secret_doesNotTellTheToken() {
    byte[] secret = SubscriptionSecret.derive(KEY, "sub_abc", 2);
    String mac = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    assertThat(SubscriberToken.read(KEY, "tocsub_sub_abc.2." + mac)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tocsub_",
        "tocsub_sub_abc.2.",
        "tocsub_sub_abc.99999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "tocsub_a/b.1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "whsec_AAAA"
      })
  void whatIsNoToken_isNobodys(String text) {
    assertThat(SubscriberToken.read(KEY, text)).isEmpty();
  }
}
