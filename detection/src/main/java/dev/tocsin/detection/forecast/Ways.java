// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All {@link Way}s a level may go on, each with how likely it is after the days that are known:
 * Bayesian model averaging over lines and growths, with up to a few steps and turns of pace.
 *
 * <p>Steps and turns that prove themselves are taken one after the other. One more may always have
 * been, and each that was taken may have been another day or of the other kind: so the best set,
 * and each that lacks one of it, are gone on with alone and with every further one.
 *
 * @param chance of each, which sum up to 1
 * @param unsure the scale of what noise adds to a day, when the day before is known
 */
record Ways(List<Way> all, double[] chance, Noise noise, double unsure) {

  private static final double[] GROWTHS = {0, 1 / 120.0, 1 / 60.0, 1 / 30.0, -1 / 60.0};
  private static final double STRAIGHT = 0.5;

  /** Growth from nothing, as interest does it: so much of the whole a day. */
  private static final int COMPOUND = 40;

  private static final double SLOWEST = 0.003;
  private static final double FASTEST = 0.036;
  private static final double COMPOUND_PRIOR = 0.2;

  private static final int MOST_BENDS = 4;
  private static final double BEND_PRIOR = 0.5;

  /** A step or turn is taken when it is better by so many logarithms of the days. */
  private static final double PROVEN = 3;

  /** What a step is expected to be in noise, and a turn in the usual pace and noise a fortnight. */
  private static final double STEP = 4;

  private static final double FORTNIGHT = 14;

  /** Days prove half of what they would if the noise were just as it is thought to be. */
  private static final double BELIEVED = 0.5;

  /** What is smaller in parts of the largest value is what is left of sums. */
  private static final double SMALLEST = 1e-9;

  private static final double UNLIKELY = 1e-6;

  static Ways of(double[] level) {
    return of(level, Noise.of(level));
  }

  static Ways of(double[] level, Noise noise) {
    double nothing = SMALLEST * Arrays.stream(level).map(Math::abs).max().orElse(0);
    Search search = new Search(level, noise, Math.max(nothing, Double.MIN_NORMAL));
    for (double growth : GROWTHS) {
      search.lines(growth);
    }
    search.compounds();
    return search.weighed();
  }

  /** The level expected in so many days. */
  double in(double days) {
    double level = 0;
    for (int i = 0; i < chance.length; i++) {
      level += chance[i] > UNLIKELY ? chance[i] * all.get(i).in(days) : 0;
    }
    return level;
  }

  private static final class Search {

    private final double[] level;
    private final Noise noise;
    private final double nothing;
    private final double step;
    private final double turn;
    private final List<Way> ways = new ArrayList<>();

    Search(double[] level, Noise noise, double nothing) {
      this.level = level;
      this.noise = noise;
      this.nothing = nothing;
      double pace = Math.abs(Robust.slope(level, 0, level.length));
      this.step = Math.max(STEP * noise.usual(), nothing);
      this.turn = Math.max(pace + noise.usual() / FORTNIGHT, nothing);
    }

    void lines(double growth) {
      double prior = Math.log(growth == 0 ? STRAIGHT : (1 - STRAIGHT) / (GROWTHS.length - 1));
      Bends line = Bends.none(level, noise, growth);
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

    private void add(Bends line, double growth, int not) {
      double each = Math.log(BEND_PRIOR / (2 * level.length));
      double prior = growth + line.taken().size() * each;
      Way way = line.way(prior + Math.log(1 - BEND_PRIOR));
      ways.add(way);
      double square = Math.max(way.misfit() / (level.length - way.free()), nothing * nothing);
      for (int bend : line.further()) {
        if (bend != not) {
          ways.add(line.way(way, bend, line.isTurn(bend) ? turn : step, square, prior + each));
        }
      }
    }

    void compounds() {
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
        ways.add(
            new Way(
                growth,
                now,
                growth * now,
                1 / square,
                growth / square,
                growth * growth / square,
                all - agrees * now,
                Math.log(COMPOUND_PRIOR / COMPOUND),
                1));
      }
    }

    Ways weighed() {
      double least = Double.POSITIVE_INFINITY;
      for (Way way : ways) {
        least = Math.min(least, way.misfit() / (level.length - way.free() - 1));
      }
      double square = Math.max(least, nothing * nothing);
      double[] chance = new double[ways.size()];
      Arrays.setAll(
          chance, i -> ways.get(i).prior() - BELIEVED * ways.get(i).misfit() / (2 * square));
      double most = Arrays.stream(chance).max().orElse(0);
      double sum = 0;
      for (int i = 0; i < chance.length; i++) {
        chance[i] = Math.exp(chance[i] - most);
        sum += chance[i];
      }
      for (int i = 0; i < chance.length; i++) {
        chance[i] /= sum;
      }
      return new Ways(List.copyOf(ways), chance, noise, Math.sqrt(square));
    }
  }
}
