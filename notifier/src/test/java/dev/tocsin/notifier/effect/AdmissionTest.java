// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.effect;

import static dev.tocsin.notifier.Samples.NOON;
import static dev.tocsin.notifier.Samples.PAGERDUTY;
import static dev.tocsin.notifier.Samples.page;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.schemas.delivery.Delivery.Status;
import dev.tocsin.schemas.effect.Effect;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdmissionTest {

  private static Effect effect(Effect.Status status) {
    return new Effect("page-inc1", PAGERDUTY, status, 2, "R-1", NOON);
  }

  static Stream<Arguments> table() {
    Instant later = NOON.plusSeconds(1);
    return Stream.of(
        // ledger, why no channel, not before -> admitted as
        Arguments.of(null, null, null, null),
        Arguments.of(null, null, NOON, null),
        Arguments.of(effect(Effect.Status.PLANNED), null, null, null),
        Arguments.of(effect(Effect.Status.ISSUED), null, null, null),
        Arguments.of(effect(Effect.Status.DONE), null, null, Status.DELIVERED),
        Arguments.of(effect(Effect.Status.DONE), "off", later, Status.DELIVERED),
        Arguments.of(effect(Effect.Status.DEAD), null, null, Status.DEAD),
        Arguments.of(effect(Effect.Status.CANCELLED), null, null, Status.CANCELLED),
        Arguments.of(null, "off", null, Status.CANCELLED),
        Arguments.of(null, null, later, Status.CANCELLED));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}: {3}")
  @MethodSource("table")
  void ledgerLineAndChannel_decideWhetherItIsSent(
      Effect effect, String whyNoChannel, Instant notBefore, Status settled) {
    switch (Admission.decide(page("inc1"), effect, whyNoChannel, notBefore)) {
      case Admission.Planned planned -> {
        assertThat(settled).isNull();
        assertThat(planned.issued()).isEqualTo(effect == null ? 0 : 2);
        assertThat(planned.unknownSince()).isEqualTo(effect == null ? null : NOON);
      }
      case Admission.Settled s -> {
        assertThat(s.status()).isEqualTo(settled);
        assertThat(s.detail()).isNotEmpty();
      }
    }
  }
}
