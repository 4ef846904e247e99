// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import java.util.Arrays;
import java.util.Random;

/**
 * When the limit is reached, in each of a thousand futures. Chance takes no part: they are the same
 * thousand for every series and every day, so what is told differs by what is known alone.
 *
 * <p>Each takes a {@link Way} by how likely it is, a level and slope as unsure as they are, a turn
 * of pace that may come, and the noise of each day. Noise reaches a limit before the trend does:
 * the largest of many days counts, which no trend shows.
 */
final class Futures {

  private static final int COUNT = 1000;
  private static final int FARTHEST = Forecaster.FARTHEST;

  /** The pace changes once in so many days, */
  private static final double PACE_LASTS = 50;

  /** by a factor whose logarithm has this mean, since what is used is used more and more, */
  private static final double PACE_RISES = 0.3;

  /** and this scale. */
  private static final double PACE_CHANGES = 0.7;

  /**
   * Days to come vary by so many times what is left of the days known: out of those, spikes and
   * cycles were taken, with what of the noise looked like it.
   */
  private static final double NOISIER = 1.2;

  /** Of Student's t: what is unsure was measured on few days. */
  private static final int FREE = 5;

  private static final double LEAST_SURE = 5;

  private static final double UNLIKELY = 1e-5;

  private static final Future[] ALL = all();

  private final Ways ways;
  private final Start start;
  private final double wide;

  /** The level expected that many days ahead, over all ways. */
  private final double[] middle;

  /**
   * What all futures have in common.
   *
   * @param level of the latest day
   * @param cycles what they add so many days ahead
   * @param limit that may be reached
   */
  record Start(double level, double[] cycles, double limit) {}

  /**
   * @param daily what is new each day, in scales
   * @param levels how far the level strays each day, if it does
   * @param slopes how far the slope strays each day, if it does
   * @param level how far off what is thought, in scales
   * @param slope the part of it that the level does not tell
   * @param turn the day the pace changes
   * @param pace what it changes by
   */
  private record Future(
      double[] daily,
      double[] levels,
      double[] slopes,
      double level,
      double slope,
      int turn,
      double pace) {}

  private Futures(Ways ways, Start start, double wide) {
    this.ways = ways;
    this.start = start;
    this.wide = wide;
    this.middle = new double[FARTHEST + 1];
    for (int i = 0; i < ways.chance().length; i++) {
      double chance = ways.chance()[i];
      if (chance > UNLIKELY) {
        Way way = ways.all().get(i);
        double off = start.level() - way.line().level();
        for (int h = 1; h <= FARTHEST; h++) {
          off *= way.noise().kept();
          middle[h] += chance * (way.in(h) + off - start.level());
        }
      }
    }
    for (int h = 1; h <= FARTHEST; h++) {
      middle[h] += start.level();
    }
  }

  /**
   * The chance that the limit is reached within so many days; index 0 is today.
   *
   * @param wide how much further apart they are than the ways are, noise aside
   */
  static double[] chances(Ways ways, Start start, double wide) {
    return new Futures(ways, start, wide).chances();
  }

  private double[] chances() {
    int[] reached = new int[FARTHEST + 2];
    int way = 0;
    double below = ways.chance()[0];
    double[] axis = axis(ways.all().get(0).pace());
    for (int i = 0; i < COUNT; i++) {
      double share = (i + 0.5) / COUNT;
      while (below < share && way < ways.chance().length - 1) {
        way++;
        below += ways.chance()[way];
        Pace pace = ways.all().get(way).pace();
        axis = pace.equals(ways.all().get(way - 1).pace()) ? axis : axis(pace);
      }
      reached[day(ALL[i], way, axis)]++;
    }
    double[] chance = new double[FARTHEST + 1];
    for (int h = 1; h <= FARTHEST; h++) {
      chance[h] = chance[h - 1] + reached[h] / (double) COUNT;
    }
    return chance;
  }

  private static double[] axis(Pace pace) {
    double[] axis = new double[FARTHEST + 1];
    Arrays.setAll(axis, pace::axis);
    return axis;
  }

  /** The day it reaches the limit; the one after the farthest when it does not. */
  private int day(Future future, int index, double[] axis) {
    Way way = ways.all().get(index);
    Line line = way.line();
    double unsure = ways.unsure()[index];
    double kept = way.noise().kept();
    double ofLevel = Math.sqrt(line.levelVariance());
    double ofBoth = line.covariance() / ofLevel;
    double ofSlope = Math.sqrt(Math.max(0, line.slopeVariance() - ofBoth * ofBoth));
    double level = line.level() + unsure * ofLevel * future.level;
    double slope = line.slope() + unsure * (ofBoth * future.level + ofSlope * future.slope);
    Drift drift = way.drift();
    double levelStrays = unsure * Math.sqrt(drift.level());
    double slopeStrays = unsure * Math.sqrt(drift.slope());
    double strayed = 0;
    double pace = 0;
    double off = start.level() - level;
    double noise = 0;
    for (int h = 1; h <= FARTHEST; h++) {
      strayed += pace + levelStrays * future.levels[h];
      pace += slopeStrays * future.slopes[h];
      off *= kept;
      noise = kept * noise + NOISIER * unsure * future.daily[h];
      double gone = axis[Math.min(h, future.turn)];
      double risen = slope * (gone + future.pace * (axis[h] - gone));
      double apart = level + risen + strayed + off - middle[h];
      if (middle[h] + wide * apart + noise + start.cycles()[h] >= start.limit()) {
        return h;
      }
    }
    return FARTHEST + 1;
  }

  private static Future[] all() {
    Random random = new Random(1);
    Random strays = new Random(2);
    Future[] all = new Future[COUNT];
    for (int i = 0; i < COUNT; i++) {
      double[] daily = gaussian(random);
      double square = 0;
      for (int j = 0; j < FREE; j++) {
        square += Math.pow(random.nextGaussian(), 2) / FREE;
      }
      double heavy = Math.min(LEAST_SURE, 1 / Math.sqrt(square));
      int turn = 1 + (int) (-PACE_LASTS * Math.log(1 - random.nextDouble()));
      all[i] =
          new Future(
              daily,
              gaussian(strays),
              gaussian(strays),
              heavy * random.nextGaussian(),
              heavy * random.nextGaussian(),
              Math.min(turn, FARTHEST),
              Math.exp(PACE_RISES + PACE_CHANGES * random.nextGaussian()));
    }
    return all;
  }

  private static double[] gaussian(Random random) {
    double[] scales = new double[FARTHEST + 1];
    Arrays.setAll(scales, _ -> random.nextGaussian());
    return scales;
  }
}
