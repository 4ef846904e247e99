// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TailTest {

  private static final int ORDINARY = 2_000;
  private static final int RARE = 8;

  /** Each an octave farther than the one before, so that no two share a bin. */
  private static Tail withRareOnes() {
    Tail tail = new Tail(Tail.LONG);
    for (int i = 0; i < ORDINARY; i++) {
      tail.add(1 + (i % 100) / 100.0);
    }
    for (int i = 1; i <= RARE; i++) {
      tail.add(8 * Math.pow(2, i));
    }
    return tail;
  }

  @Test
  void fade_rareDistancesEachSeenOnce_areAsRareAsBefore() {
    Tail tail = withRareOnes();
    double before = withRareOnes().take(12);

    tail.fade();

    assertThat(tail.take(12)).isCloseTo(before, within(0.2));
  }

  @Test
  void fade_againAndAgain_forgetsAll() {
    Tail tail = withRareOnes();

    for (int i = 0; i < 16; i++) {
      tail.fade();
    }

    assertThat(tail.take(12)).isZero();
  }
}
