// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

/**
 * A line whose level or slope strays a little each day, followed by a filter of Kalman's under a
 * {@link Noise}: what comes next is told from the days before, and off by what is new.
 *
 * <p>Its state is the level, the slope and how far off the day is by noise. Of the first two days
 * nothing can be told; they fix level and slope.
 *
 * @param misfit the square of what was new, in parts of how much of it was expected
 * @param spread the sum of the logarithms of how much was expected: of two that are off by the same
 *     parts, the one that expected less is the better one
 */
record Straying(Line line, double misfit, double spread) {

  private static final int FIXED_BY = 2;

  /** In squares of the usual noise: so large that the first days say everything. */
  private static final double UNKNOWN = 1e6;

  static Straying of(double[] values, Noise noise, Drift drift, double unit) {
    Filter filter = new Filter(noise.kept(), drift, values[0] / unit);
    double misfit = 0;
    double spread = 0;
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        filter.next();
      }
      double expected = filter.expected();
      double off = filter.take(values[i] / unit);
      if (i >= FIXED_BY) {
        misfit += off * off / expected;
        spread += Math.log(expected);
      }
    }
    return new Straying(filter.line(unit), misfit * unit * unit, spread);
  }

  /** What is thought of the state, with its covariances. */
  private static final class Filter {

    private final double kept;
    private final Drift drift;
    private double level;
    private double slope;
    private double off;
    private double levelLevel = UNKNOWN;
    private double levelSlope;
    private double levelOff;
    private double slopeSlope = UNKNOWN;
    private double slopeOff;
    private double offOff;

    Filter(double kept, Drift drift, double first) {
      this.kept = kept;
      this.drift = drift;
      this.level = first;
      this.offOff = 1 / (1 - kept * kept);
    }

    void next() {
      level += slope;
      off *= kept;
      levelLevel += 2 * levelSlope + slopeSlope + drift.level();
      levelSlope += slopeSlope;
      levelOff = kept * (levelOff + slopeOff);
      slopeSlope += drift.slope();
      slopeOff *= kept;
      offOff = kept * kept * offOff + 1;
    }

    /** The variance of the day's value before it is known. */
    double expected() {
      return levelLevel + 2 * levelOff + offOff;
    }

    /** How far it is off what was thought; what is thought is put right. */
    double take(double value) {
      double news = value - level - off;
      double ofLevel = levelLevel + levelOff;
      double ofSlope = levelSlope + slopeOff;
      double ofOff = levelOff + offOff;
      double all = ofLevel + ofOff;
      level += ofLevel / all * news;
      slope += ofSlope / all * news;
      off += ofOff / all * news;
      levelLevel -= ofLevel * ofLevel / all;
      levelSlope -= ofLevel * ofSlope / all;
      levelOff -= ofLevel * ofOff / all;
      slopeSlope -= ofSlope * ofSlope / all;
      slopeOff -= ofSlope * ofOff / all;
      offOff -= ofOff * ofOff / all;
      return news;
    }

    Line line(double unit) {
      return new Line(level * unit, slope * unit, levelLevel, levelSlope, slopeSlope);
    }
  }
}
