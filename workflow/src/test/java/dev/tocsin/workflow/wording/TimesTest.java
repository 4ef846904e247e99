// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.workflow.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.workflow.Samples;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

  @ParameterizedTest
  @CsvSource({
    "-PT5S,        0 s",
    "PT0S,         0 s",
    "PT59.999S,    59 s",
    "PT1M,         1 min",
    "PT59M59S,     59 min",
    "PT1H,         1 h",
    "PT1H59S,      1 h",
    "PT2H10M,      2 h 10 min",
    "PT23H59M59S,  23 h 59 min",
    "P1D,          1 d",
    "P1DT59M,      1 d",
    "P3DT4H30M,    3 d 4 h"
  })
  void time_isToldInItsTwoLargestUnits(Duration time, String words) {
    assertThat(Times.lasting(Samples.T0, Samples.T0.plus(time))).isEqualTo(words);
  }
}
