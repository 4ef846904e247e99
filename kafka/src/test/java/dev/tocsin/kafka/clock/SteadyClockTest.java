// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A machine's clock that is set, and the one beside it that is not. */
class SteadyClockTest {

  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  private Instant machine = NOON;
  private long counter = -7;
  private final SteadyClock clock = new SteadyClock(() -> machine, () -> counter);
  private final SetBack setBack = new SetBack(() -> machine, () -> counter);

  private Duration measured(Duration passing) {
    Instant before = clock.instant();
    Duration step = passing.dividedBy(100);
    for (int i = 0; i < 100; i++) {
      machine = machine.plus(step);
      counter += step.toNanos();
      assertThat(clock.instant()).isAfterOrEqualTo(before);
    }
    return Duration.between(before, clock.instant());
  }

  @Test
  void unset_itIsTheMachines() {
    assertThat(clock.instant()).isEqualTo(NOON);
    assertThat(measured(Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
    assertThat(clock.instant()).isEqualTo(machine);
  }

  @Test
  void setOn_itDoesNotJump_andMakesUpForItSlowly() {
    machine = machine.plus(FIVE_MINUTES);
    assertThat(clock.instant()).isEqualTo(NOON);
    assertThat(measured(Duration.ofMinutes(2)))
        .isBetween(Duration.ofSeconds(120), Duration.ofSeconds(126));
    assertThat(measured(Duration.ofMinutes(98))).isEqualTo(Duration.ofSeconds(98 * 60 + 294));
    assertThat(clock.instant()).isEqualTo(machine);
  }

  @Test
  void setBack_itGoesOn_andMakesUpForItSlowly() {
    machine = machine.minus(FIVE_MINUTES);
    assertThat(clock.instant()).isEqualTo(NOON);
    assertThat(measured(Duration.ofMinutes(2)))
        .isBetween(Duration.ofSeconds(114), Duration.ofSeconds(120));
    assertThat(measured(Duration.ofMinutes(98))).isEqualTo(Duration.ofSeconds(98 * 60 - 294));
    assertThat(clock.instant()).isEqualTo(machine);
  }

  @Test
  void setBack_isNoticedOnce_andNothingElseIs() {
    assertThat(measured(Duration.ofHours(1))).isPositive();
    assertThat(setBack.happened()).isFalse();
    machine = machine.plus(FIVE_MINUTES);
    assertThat(setBack.happened()).as("set on").isFalse();
    machine = machine.minusMillis(900);
    assertThat(setBack.happened()).as("by less than matters").isFalse();
    machine = machine.minus(FIVE_MINUTES);
    assertThat(setBack.happened()).isTrue();
    assertThat(setBack.happened()).isFalse();
  }
}
