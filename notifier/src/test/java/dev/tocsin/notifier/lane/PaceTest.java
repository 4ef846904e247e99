// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.notifier.lane;

import static dev.tocsin.notifier.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sixty a minute: a burst of five, and one a second. */
class PaceTest {

  @ParameterizedTest
  @CsvSource({
    // full again in so many seconds, under way, seconds until the next may go
    "0, 0, -4",
    "4, 0, 0",
    "5, 0, 1",
    "0, 4, 0",
    "2, 2, 0",
    "2, 3, 1",
    "2, 4, 2"
  })
  void whatIsUnderWay_takesUpItsPartOfTheBurst(int fullIn, int underWay, int next) {
    assertThat(new Pace(NOON.plusSeconds(fullIn)).nextAt(60, underWay, NOON))
        .isEqualTo(NOON.plusSeconds(next));
  }
}
