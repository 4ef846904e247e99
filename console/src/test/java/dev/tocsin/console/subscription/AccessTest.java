// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.console.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.console.auth.Subscriber;
import dev.tocsin.schemas.setting.Setting;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "sub_a, 3,  60, true",
    "sub_a, 3,   0, true",
    "sub_a, 2,  60, true",
    "sub_a, 2,   0, false",
    "sub_a, 2, -60, false",
    "sub_a, 1,  60, false",
    "sub_a, 4,  60, false",
    "sub_b, 3,  60, false"
  })
  void token_isGoodAsLongAsItsSecret(String of, int version, int secondsLeft, boolean good) {
    Setting.Subscription subscription =
        new Setting.Subscription(
            "sub_a",
            "https://a.example/",
            List.of("*"),
            null,
            3,
            true,
            "ann",
            NOON.minusSeconds(600),
            NOON.plusSeconds(secondsLeft));
    assertThat(Access.isInForce(new Subscriber(of, version), subscription, NOON)).isEqualTo(good);
  }
}
