// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.junit.jupiter.api.Test;

class BendsTest {

  private static final int DAYS = 60;
  private static final int STEP = 20;
  private static final int TURN = 41;
  private static final Noise NOISE = new Noise(0.5, 1);
  private static final Pace STRAIGHT = new Pace.Growing(0);

  /** The same by a library, that knows nothing of updates: columns, and days without their past. */
  @Test
  void updates_areLeastSquares() {
    double[] values = values();
    double[][] columns = new double[DAYS][];
    double[] ones = new double[DAYS];
    double[] line = new double[DAYS];
    double[] step = new double[DAYS];
    double[] turn = new double[DAYS];
    for (int d = 0; d < DAYS; d++) {
      ones[d] = 1;
      line[d] = d - DAYS + 1;
      step[d] = d >= STEP ? 1 : 0;
      turn[d] = Math.max(0, d - TURN + 1);
    }
    double[][] news = {NOISE.news(ones), NOISE.news(line), NOISE.news(step), NOISE.news(turn)};
    for (int d = 0; d < DAYS; d++) {
      columns[d] = new double[] {news[0][d], news[1][d], news[2][d], news[3][d]};
    }
    OLSMultipleLinearRegression library = new OLSMultipleLinearRegression();
    library.setNoIntercept(true);
    library.newSampleData(NOISE.news(values), columns);
    double[] is = library.estimateRegressionParameters();
    double level = is[0] + is[2] + is[3] * (DAYS - TURN);
    double slope = is[1] + is[3];

    Bends bends = Bends.none(values, NOISE, STRAIGHT).with(DAYS + TURN).with(STEP);
    Way way = bends.way(0);
    assertThat(way.line().level()).isCloseTo(level, within(1e-8));
    assertThat(way.line().slope()).isCloseTo(slope, within(1e-8));
    assertThat(way.misfit()).isCloseTo(library.calculateResidualSumOfSquares(), within(1e-8));
    double[][] variance = library.estimateRegressionParametersVariance();
    assertThat(way.line().slopeVariance())
        .isCloseTo(variance[1][1] + 2 * variance[1][3] + variance[3][3], within(1e-8));

    // One more of no particular size expected is the same as taking it.
    Bends one = Bends.none(values, NOISE, STRAIGHT).with(DAYS + TURN);
    Way more = one.way(one.way(0), STEP, 1e6, 1, 0);
    assertThat(more.line().level()).isCloseTo(level, within(1e-6));
    assertThat(more.line().slope()).isCloseTo(slope, within(1e-6));
    assertThat(more.line().slopeVariance()).isCloseTo(way.line().slopeVariance(), within(1e-6));
    assertThat(more.line().levelVariance()).isCloseTo(way.line().levelVariance(), within(1e-6));
    assertThat(more.line().covariance()).isCloseTo(way.line().covariance(), within(1e-6));
  }

  @Test
  void best_isTheOneThatWas() {
    Bends line = Bends.none(values(), NOISE, STRAIGHT);
    assertThat(line.best()).isEqualTo(STEP);
    assertThat(line.with(STEP).further()).doesNotContain(STEP);
    int second = line.with(STEP).best();
    assertThat(line.isTurn(second)).isTrue();
    assertThat(second - DAYS).isBetween(TURN - 4, TURN + 4);
  }

  @Test
  void nothingExpected_changesNothing() {
    Bends line = Bends.none(values(), NOISE, STRAIGHT);
    Way alone = line.way(0);
    Way more = line.way(alone, STEP, 1e-9, 1, 0);
    assertThat(more.line().level()).isCloseTo(alone.line().level(), within(1e-6));
    assertThat(more.misfit()).isCloseTo(alone.misfit(), within(1e-6));
    assertThat(more.prior()).isCloseTo(0, within(1e-6));
  }

  private static double[] values() {
    Random random = new Random(5);
    double[] values = new double[DAYS];
    Arrays.setAll(
        values,
        d ->
            10
                + 0.2 * d
                + (d >= STEP ? 15 : 0)
                + 0.6 * Math.max(0, d - TURN + 1)
                + random.nextGaussian() / 2);
    return values;
  }
}
