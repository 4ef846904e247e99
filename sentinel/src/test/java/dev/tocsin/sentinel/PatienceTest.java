// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.sentinel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sentinel.Observation.Healthy;
import dev.tocsin.sentinel.Observation.Unhealthy;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Many beats, played through without a clock. */
class PatienceTest {

  private static final Instant START = Instant.parse("2026-03-01T03:00:00Z");
  private static final Duration EVERY = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BEATS = 10_000;

  /** At most three looks in a row without a beat: a restart of less than 60 s. */
  @Test
  void restartsShorterThanTheGrace_pageNobodyInTenThousandBeats() {
    Random random = new Random(1);
    SentinelState state = SentinelState.watching(START, PATIENCE);
    Instant now = START;
    int silentLooks = 0;
    int left = 0;
    for (int beat = 0; beat < BEATS; beat++) {
      if (left == 0 && random.nextInt(20) == 0) {
        left = 1 + random.nextInt(3);
      } else if (left > 0) {
        left--;
      }
      boolean silent = left > 0;
      silentLooks += silent ? 1 : 0;
      state = state.decide(silent ? new Unhealthy("restarting") : new Healthy(), now);
      assertThat(state.owed()).as("beat %d", beat).isNull();
      now = now.plus(EVERY);
    }
    assertThat(silentLooks).as("restarts there were").isGreaterThan(500);
  }

  @Test
  void silenceThatLasts_isPagedWithinSeventyFiveSeconds_whateverTheMoment() {
    for (int offset = 0; offset < EVERY.toSeconds(); offset++) {
      Instant diedAt = START.plusSeconds(600 + offset);
      SentinelState state = SentinelState.watching(START, PATIENCE);
      Instant now = START;
      while (state.owed() == null) {
        state = state.decide(now.isBefore(diedAt) ? new Healthy() : new Unhealthy("dead"), now);
        now = now.plus(EVERY);
      }
      assertThat(Duration.between(diedAt, now.minus(EVERY)))
          .isBetween(Duration.ofSeconds(45), Duration.ofSeconds(75));
    }
  }
}
