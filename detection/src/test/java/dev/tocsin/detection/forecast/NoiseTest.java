// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NoiseTest {

  @Test
  void whatIsKept_shows_whateverTheCourseIs() {
    assertThat(Noise.of(values(0.7, 0)).kept()).isCloseTo(0.7, within(0.15));
    assertThat(Noise.of(values(0.7, 0.8)).kept()).isCloseTo(0.7, within(0.15));
    assertThat(Noise.of(values(0, 0.8)).kept()).isCloseTo(0.05, within(0.15));
  }

  @Test
  void usual_isTheScaleAboutTheCourse() {
    assertThat(Noise.of(values(0, 0.8)).usual()).isCloseTo(1, within(0.25));
    assertThat(Noise.of(values(0.7, 0.8)).usual()).isCloseTo(1, within(0.25));
  }

  @Test
  void constant_hasNone() {
    assertThat(Noise.of(new double[30])).isEqualTo(new Noise(0, 0));
  }

  /** Of a scale of one, about a line. */
  private static double[] values(double kept, double slope) {
    Random random = new Random(3);
    double[] values = new double[400];
    double[] off = {random.nextGaussian()};
    Arrays.setAll(
        values,
        d -> {
          off[0] = kept * off[0] + Math.sqrt(1 - kept * kept) * random.nextGaussian();
          return slope * d + off[0];
        });
    return values;
  }
}
