// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

  /** Today's slope is 1, so that a day moves the axis by what the slope is then. */
  @ParameterizedTest
  @CsvSource({
    "0, 30, 1",
    "0, -100, 1",
    "0.01, 100, 2.718",
    "0.01, -100, 0.368",
    "-0.02, 50, 0.368",
  })
  void growing_multipliesTheSlope(double by, double day, double slope) {
    assertThat(slope(new Pace.Growing(by), day)).isCloseTo(slope, within(0.001));
  }

  /** The root of four times the age is twice as high, and half as steep. */
  @ParameterizedTest
  @CsvSource({"0, 1", "300, 0.5", "-75, 2"})
  void slowing_dividesTheSlope_byTheRootOfTheAge(double day, double slope) {
    assertThat(slope(new Pace.Slowing(100), day)).isCloseTo(slope, within(0.001));
  }

  private static double slope(Pace pace, double day) {
    assertThat(pace.axis(0)).isZero();
    return (pace.axis(day + 1e-4) - pace.axis(day - 1e-4)) / 2e-4;
  }
}
