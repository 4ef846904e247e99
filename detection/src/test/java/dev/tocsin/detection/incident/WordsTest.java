// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({"PT0S, 0s", "PT45S, 45s", "PT10M, 10m", "PT25H30M, 25h 30m", "PT1H5S, 1h 5s"})
  void time_isSaidAsPeopleWriteIt(Duration time, String words) {
    assertThat(Words.of(time)).isEqualTo(words);
  }
}
