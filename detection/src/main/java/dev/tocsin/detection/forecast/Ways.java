// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All {@link Way}s a level may go on, each with how likely it is after the days that are known:
 * Bayesian model averaging over lines, growths and slowing courses, with up to a few steps and
 * turns of pace, and over lines that stray; each under a noise that keeps less or more.
 *
 * <p>Steps and turns that prove themselves are taken one after the other. One more may always have
 * been, and each that was taken may have been another day or of the other kind: so the best set,
 * and each that lacks one of it, are gone on with alone and with every further one.
 *
 * @param chance of each, which sum up to 1
 * @param unsure what noise adds to a day when the day before is known, as each way has it: a scale
 */
record Ways(List<Way> all, double[] chance, double[] unsure) {

  /** What noise keeps is not sure either: so much less and more of it, besides what it seems. */
  private static final double[] KEEPS_MORE = {0, -0.2, 0.2};

  private static final double[] KEEPS_PRIOR = {0.5, 0.25, 0.25};

  private static final Pace STRAIGHT = new Pace.Growing(0);
  private static final double[] GROWTHS = {1 / 120.0, 1 / 60.0, 1 / 30.0, -1 / 60.0};
  private static final double STRAIGHT_PRIOR = 0.5;

  /** Growth from nothing, as interest does it: so much of the whole a day. */
  private static final int COMPOUND = 40;

  private static final double SLOWEST = 0.003;
  private static final double FASTEST = 0.036;
  private static final double COMPOUND_PRIOR = 0.2;

  /** What slows down began so many days before the first that is known. */
  private static final double[] BEGAN_BEFORE = {1, 8, 30, 100};

  private static final double SLOWING_PRIOR = 0.1;

  /** How far level, or slope, strays a day: variances, in those of what is new by noise. */
  private static final double[] LEVEL_STRAYS = {0.05, 0.2, 0.6};

  private static final double[] SLOPE_STRAYS = {2e-5, 2e-4, 2e-3};
  private static final double STRAYING_PRIOR = 0.2;

  private static final int MOST_BENDS = 4;
  private static final double BEND_PRIOR = 0.7;

  /** A step or turn is taken when it is better by so many logarithms of the days. */
  private static final double PROVEN = 3;

  /** What a step is expected to be in noise, and a turn in the usual pace and noise a fortnight. */
  private static final double STEP = 4;

  private static final double FORTNIGHT = 14;

  /** Days prove half of what they would if the noise were just as it is thought to be. */
  private static final double BELIEVED = 0.5;

  /** What is smaller in parts of the largest value is what is left of sums. */
  private static final double SMALLEST = 1e-9;

  /** Its square is a number yet. */
  private static final double LEAST = 1e-150;

  private static final double UNLIKELY = 1e-6;

  /**
   * What is told of a day.
   *
   * @param level expected
   * @param variance of how unsure that is
   * @param noise the variance of the day's distance from it
   */
  record Told(double level, double variance, double noise) {}

  static Ways of(double[] level) {
    Noise noise = Noise.of(level);
    List<Way> all = new ArrayList<>();
    for (int i = 0; i < KEEPS_MORE.length; i++) {
      double prior = Math.log(KEEPS_PRIOR[i]);
      for (Way way : new Search(level, noise.with(KEEPS_MORE[i])).all()) {
        all.add(way.likelier(prior));
      }
    }
    return weighed(all, level);
  }

  /** Under a noise that is sure: a third of the work. */
  static Ways under(Noise noise, double[] level) {
    return weighed(new Search(level, noise).all(), level);
  }

  /** Each has the noise that it leaves: what is told with less of it is the likelier way. */
  private static Ways weighed(List<Way> ways, double[] level) {
    double nothing = nothing(level);
    double[] square = new double[ways.size()];
    for (int i = 0; i < square.length; i++) {
      double left = ways.get(i).misfit() / (level.length - ways.get(i).free() - 1);
      square[i] = Math.max(left, nothing * nothing);
    }
    double least = Arrays.stream(square).min().orElse(nothing);
    double[] chance = new double[square.length];
    double[] unsure = new double[square.length];
    for (int i = 0; i < chance.length; i++) {
      int proving = level.length - ways.get(i).free() - 1;
      double worse = proving * Math.log(square[i] / least) / 2;
      chance[i] = ways.get(i).prior() - BELIEVED * worse;
      unsure[i] = Math.sqrt(square[i]);
    }
    double most = Arrays.stream(chance).max().orElse(0);
    double sum = 0;
    for (int i = 0; i < chance.length; i++) {
      chance[i] = Math.exp(chance[i] - most);
      sum += chance[i];
    }
    for (int i = 0; i < chance.length; i++) {
      chance[i] /= sum;
    }
    return new Ways(List.copyOf(ways), chance, unsure);
  }

  private static double nothing(double[] level) {
    double largest = Arrays.stream(level).map(Math::abs).max().orElse(0);
    return Math.max(SMALLEST * largest, LEAST);
  }

  /** The level expected in so many days. */
  double in(double days) {
    return told(days).level();
  }

  Told told(double days) {
    double level = 0;
    double square = 0;
    double variance = 0;
    double daily = 0;
    for (int i = 0; i < chance.length; i++) {
      if (chance[i] > UNLIKELY) {
        Way way = all.get(i);
        double kept = way.noise().kept();
        // Off the first one's, so that no small difference of large squares is taken.
        double off = way.in(days) - all.get(0).in(days);
        level += chance[i] * off;
        square += chance[i] * off * off;
        double news = chance[i] * unsure[i] * unsure[i];
        variance += news * way.variance(days);
        daily += news / (1 - kept * kept);
      }
    }
    return new Told(all.get(0).in(days) + level, square - level * level + variance, daily);
  }

  private static final class Search {

    private final double[] level;
    private final Noise noise;
    private final double nothing;
    private final double step;
    private final double turn;
    private final List<Way> ways = new ArrayList<>();

    Search(double[] level, Noise noise) {
      this.level = level;
      this.noise = noise;
      this.nothing = nothing(level);
      double pace = Math.abs(Robust.slope(level, 0, level.length));
      this.step = Math.max(STEP * noise.usual(), nothing);
      this.turn = Math.max(pace + noise.usual() / FORTNIGHT, nothing);
    }

    List<Way> all() {
      lines(STRAIGHT, Math.log(STRAIGHT_PRIOR));
      double each = Math.log((1 - STRAIGHT_PRIOR) / GROWTHS.length);
      for (double growth : GROWTHS) {
        lines(new Pace.Growing(growth), each);
      }
      compounds();
      slowing();
      straying();
      return ways;
    }

    private void lines(Pace pace, double prior) {
      Bends line = Bends.none(level, noise, pace);
      Bends best = line;
      for (int next = proven(best); next >= 0; next = proven(best)) {
        best = best.with(next);
      }
      add(best, prior, -1);
      for (int left : best.taken()) {
        Bends fewer = line;
        for (int bend : best.taken()) {
          fewer = bend == left ? fewer : fewer.with(bend);
        }
        add(fewer, prior, left);
      }
    }

    /** The next that improves enough for one of so many that could be; -1 when none does. */
    private int proven(Bends line) {
      int best = line.taken().size() == MOST_BENDS ? -1 : line.best();
      if (best < 0 || line.misfit() <= level.length * nothing * nothing) {
        return -1;
      }
      double after = Math.max(line.misfit() - line.gain(best), SMALLEST * line.misfit());
      double better = (level.length - line.free()) * Math.log(line.misfit() / after);
      return better < PROVEN * Math.log(level.length) ? -1 : best;
    }

    private void add(Bends line, double pace, int not) {
      double each = Math.log(BEND_PRIOR / (2 * level.length));
      double prior = pace + line.taken().size() * each;
      Way way = line.way(prior + Math.log(1 - BEND_PRIOR));
      ways.add(way);
      double square = Math.max(way.misfit() / (level.length - way.free()), nothing * nothing);
      for (int bend : line.further()) {
        if (bend != not) {
          ways.add(line.way(way, bend, line.isTurn(bend) ? turn : step, square, prior + each));
        }
      }
    }

    private void compounds() {
      double[] value = noise.news(level);
      double all = Bends.dot(value, value);
      for (int i = 0; i < COMPOUND; i++) {
        double growth = SLOWEST * Math.pow(FASTEST / SLOWEST, i / (COMPOUND - 1.0));
        double[] grown = new double[level.length];
        Arrays.setAll(grown, d -> Math.exp(growth * (d - level.length + 1)));
        double[] news = noise.news(grown);
        double square = Bends.dot(news, news);
        double agrees = Bends.dot(news, value);
        double now = agrees / square;
        Line line =
            new Line(now, growth * now, 1 / square, growth / square, growth * growth / square);
        double prior = Math.log(COMPOUND_PRIOR / COMPOUND);
        ways.add(
            new Way(
                new Pace.Growing(growth), line, Drift.NONE, noise, all - agrees * now, prior, 1));
      }
    }

    private void slowing() {
      double prior = Math.log(SLOWING_PRIOR / BEGAN_BEFORE.length);
      for (double before : BEGAN_BEFORE) {
        Pace pace = new Pace.Slowing(level.length + before);
        ways.add(Bends.none(level, noise, pace).way(prior));
      }
    }

    private void straying() {
      double unit = Math.max(noise.usual(), nothing);
      double firm = Straying.of(level, noise, Drift.NONE, unit).spread();
      double prior = Math.log(STRAYING_PRIOR / (LEVEL_STRAYS.length + SLOPE_STRAYS.length));
      List<Drift> drifts = new ArrayList<>();
      for (double strays : LEVEL_STRAYS) {
        drifts.add(new Drift(strays, 0));
      }
      for (double strays : SLOPE_STRAYS) {
        drifts.add(new Drift(0, strays));
      }
      for (Drift drift : drifts) {
        Straying line = Straying.of(level, noise, drift, unit);
        double wider = BELIEVED * (line.spread() - firm) / 2;
        ways.add(new Way(STRAIGHT, line.line(), drift, noise, line.misfit(), prior - wider, 2));
      }
    }
  }
}
