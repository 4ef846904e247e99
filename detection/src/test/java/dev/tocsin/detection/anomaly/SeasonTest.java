// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeasonTest {

  private static final int STEP = 300;
  private static final int DAY = 288;
  private static final int NOON = DAY / 2;

  private final Season season = new Season();
  private int row;

  /** Quiet nights at 20, days at 80: what is usual by night says nothing of the first morning. */
  private void days(int days) {
    for (int i = 0; i < days * DAY; i++) {
      add(isDay() ? 80 : 20 + i % 3);
    }
  }

  private boolean isDay() {
    return row % DAY >= 108 && row % DAY < 216;
  }

  private void add(double value) {
    long second = (long) row++ * STEP;
    season.add(second, value, season.expected(second));
  }

  private double expectedAtNoon() {
    for (int i = 0; i < NOON; i++) {
      add(isDay() ? 80 : 20 + i % 3);
    }
    return season.expected((long) row * STEP);
  }

  @Test
  void oneDay_isExpectedOnTheNext() {
    days(1);

    assertThat(expectedAtNoon()).isCloseTo(80, within(12.0));
  }

  @Test
  void oneWrongDay_isNotExpectedOnTheNext() {
    days(9);
    for (int i = 0; i < DAY; i++) {
      add(20 + i % 3);
    }

    assertThat(expectedAtNoon()).isCloseTo(80, within(20.0));
  }
}
