// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A line through the days of a level, with the steps and turns of pace taken so far, and what each
 * further one would improve.
 *
 * <p>Least squares under a {@link Noise}, in the way of Gram and Schmidt: each column taken is made
 * a unit one at right angles to those before. A further step or turn is known by four numbers: what
 * of its column is new, how that agrees with what is left, and what it means from the latest day
 * on. As the columns are a tail of ones or of the axis, sums over tails of the column taken update
 * all of them: some thousand operations, however many could be next.
 *
 * <p>Index {@code c} is a step on day c, {@code days + c} a turn of pace the day before.
 */
final class Bends {

  /** A step or turn is seen when it has lasted for so many days. */
  private static final int LASTS = 3;

  /** Of so small a square, a column is none but those taken. */
  private static final double NEW = 1e-6;

  private final int days;
  private final Noise noise;
  private final Pace pace;
  private final double[] axis;
  private final double[] axisNews;
  private final List<Unit> units;
  private final List<Integer> taken;
  private final double[] square;
  private final double[] agrees;
  private final double[] level;
  private final double[] slope;
  private final double[] left;
  private double levelNow;
  private double slopeNow;

  /** A column of length 1, and its level and slope from the latest day on. */
  private record Unit(double[] news, double level, double slope) {}

  private Bends(double[] values, Noise noise, Pace pace) {
    this.days = values.length;
    this.noise = noise;
    this.pace = pace;
    this.axis = new double[days];
    Arrays.setAll(axis, i -> pace.axis(i - days + 1));
    this.axisNews = noise.news(axis);
    this.units = new ArrayList<>();
    this.taken = new ArrayList<>();
    this.square = new double[2 * days];
    this.agrees = new double[2 * days];
    this.level = new double[2 * days];
    this.slope = new double[2 * days];
    this.left = noise.news(values);
  }

  private Bends(Bends other) {
    this.days = other.days;
    this.noise = other.noise;
    this.pace = other.pace;
    this.axis = other.axis;
    this.axisNews = other.axisNews;
    this.units = new ArrayList<>(other.units);
    this.taken = new ArrayList<>(other.taken);
    this.square = other.square.clone();
    this.agrees = other.agrees.clone();
    this.level = other.level.clone();
    this.slope = other.slope.clone();
    this.left = other.left.clone();
    this.levelNow = other.levelNow;
    this.slopeNow = other.slopeNow;
  }

  /** A line without any. */
  static Bends none(double[] values, Noise noise, Pace pace) {
    Bends line = new Bends(values, noise, pace);
    for (int c = LASTS; c <= line.days - LASTS; c++) {
      for (int bend : new int[] {c, line.days + c}) {
        double[] news = line.news(bend);
        line.square[bend] = dot(news, news);
        line.agrees[bend] = dot(news, line.left);
        line.level[bend] = line.levelOf(bend);
        line.slope[bend] = line.isTurn(bend) ? 1 : 0;
      }
    }
    double[] ones = new double[line.days];
    Arrays.fill(ones, 1);
    line.take(noise.news(ones), 1, 0);
    line.take(line.axisNews.clone(), 0, 1);
    return line;
  }

  Bends with(int bend) {
    Bends more = new Bends(this);
    more.take(news(bend), more.levelOf(bend), isTurn(bend) ? 1 : 0);
    more.taken.add(bend);
    return more;
  }

  List<Integer> taken() {
    return taken;
  }

  double misfit() {
    return dot(left, left);
  }

  int free() {
    return units.size();
  }

  boolean isTurn(int bend) {
    return bend >= days;
  }

  private double levelOf(int bend) {
    return isTurn(bend) ? -axis[bend - days - 1] : 1;
  }

  /** The step or turn that takes most of what is left; -1 when there is none. */
  int best() {
    int best = -1;
    double most = 0;
    for (int bend : further()) {
      if (gain(bend) > most) {
        most = gain(bend);
        best = bend;
      }
    }
    return best;
  }

  double gain(int bend) {
    return agrees[bend] * agrees[bend] / square[bend];
  }

  /** Those that could be taken. */
  int[] further() {
    int[] further = new int[2 * days];
    int count = 0;
    for (int c = LASTS; c <= days - LASTS; c++) {
      for (int bend = c; bend < 2 * days; bend += days) {
        if (square[bend] > NEW) {
          further[count++] = bend;
        }
      }
    }
    return Arrays.copyOf(further, count);
  }

  /** As it is, without a further one. */
  Way way(double prior) {
    Line line =
        new Line(
            levelNow,
            slopeNow,
            sum(Unit::level, Unit::level),
            sum(Unit::level, Unit::slope),
            sum(Unit::slope, Unit::slope));
    return new Way(pace, line, Drift.NONE, noise, misfit(), prior, units.size());
  }

  /**
   * With a further one, of a size that is unsure.
   *
   * @param alone this, as it is
   * @param size expected of it, as a standard deviation
   * @param square of what is new in a day by noise alone
   */
  Way way(Way alone, int bend, double size, double square, double prior) {
    double expected = square / (size * size);
    double precision = this.square[bend] + expected;
    double is = agrees[bend] / precision;
    double atLevel = level[bend];
    double atSlope = slope[bend];
    Line without = alone.line();
    Line line =
        new Line(
            without.level() + is * atLevel,
            without.slope() + is * atSlope,
            without.levelVariance() + atLevel * atLevel / precision,
            without.covariance() + atLevel * atSlope / precision,
            without.slopeVariance() + atSlope * atSlope / precision);
    return new Way(
        pace,
        line,
        Drift.NONE,
        noise,
        alone.misfit() - is * agrees[bend],
        prior - Math.log1p(this.square[bend] / expected) / 2,
        alone.free());
  }

  private double sum(ToDoubleFunction<Unit> one, ToDoubleFunction<Unit> other) {
    return units.stream().mapToDouble(u -> one.applyAsDouble(u) * other.applyAsDouble(u)).sum();
  }

  /** What is new each day in the column of a step or turn. */
  private double[] news(int bend) {
    int from = bend % days;
    double[] news = new double[days];
    for (int i = from; i < days; i++) {
      news[i] =
          isTurn(bend)
              ? axisNews[i] - (1 - noise.kept()) * axis[from - 1]
              : i == from ? 1 : 1 - noise.kept();
    }
    return news;
  }

  private void take(double[] column, double atLevel, double atSlope) {
    double ofLevel = atLevel;
    double ofSlope = atSlope;
    for (Unit unit : units) {
      double along = dot(column, unit.news);
      less(column, along, unit.news);
      ofLevel -= along * unit.level;
      ofSlope -= along * unit.slope;
    }
    double length = Math.sqrt(dot(column, column));
    Arrays.setAll(column, i -> column[i] / length);
    Unit unit = new Unit(column, ofLevel / length, ofSlope / length);
    units.add(unit);
    double size = dot(column, left);
    less(left, size, column);
    levelNow += size * unit.level;
    slopeNow += size * unit.slope;
    double ones = 0;
    double axes = 0;
    for (int c = days - 1; c >= LASTS; c--) {
      double later = ones;
      ones += column[c];
      axes += column[c] * axisNews[c];
      if (c <= days - LASTS) {
        double part = 1 - noise.kept();
        update(c, column[c] + part * later, size, unit);
        update(days + c, axes - part * axis[c - 1] * ones, size, unit);
      }
    }
  }

  /** What is not new any more of a step or turn, now that a column is taken. */
  private void update(int bend, double along, double size, Unit unit) {
    square[bend] -= along * along;
    agrees[bend] -= along * size;
    level[bend] -= along * unit.level;
    slope[bend] -= along * unit.slope;
  }

  private static void less(double[] column, double times, double[] other) {
    for (int i = 0; i < column.length; i++) {
      column[i] -= times * other[i];
    }
  }

  static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
