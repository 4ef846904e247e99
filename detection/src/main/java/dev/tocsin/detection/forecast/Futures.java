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
  private static final double PACE_LASTS = 100;

  /** by a factor whose logarithm is of this scale. */
  private static final double PACE_CHANGES = 0.7;

  /** Of Student's t: what is unsure was measured on few days. */
  private static final int FREE = 5;

  private static final double LEAST_SURE = 5;

  private static final Future[] ALL = all();

  /**
   * @param daily what is new each day, in scales
   * @param level how far off what is thought, in scales
   * @param slope the part of it that the level does not tell
   * @param turn the day the pace changes
   * @param pace what it changes by
   */
  private record Future(double[] daily, double level, double slope, int turn, double pace) {}

  private Futures() {}

  /**
   * The chance that the limit is reached within so many days; index 0 is today.
   *
   * @param latest the level of the latest day
   * @param cycles what they add so many days ahead
   */
  static double[] chances(Ways ways, double latest, double[] cycles, double limit) {
    int[] reached = new int[FARTHEST + 2];
    int way = 0;
    double below = ways.chance()[0];
    double[] axis = axis(ways.all().get(0).growth());
    for (int i = 0; i < COUNT; i++) {
      double share = (i + 0.5) / COUNT;
      while (below < share && way < ways.chance().length - 1) {
        way++;
        below += ways.chance()[way];
        boolean same = ways.all().get(way).growth() == ways.all().get(way - 1).growth();
        axis = same ? axis : axis(ways.all().get(way).growth());
      }
      reached[day(ALL[i], ways, way, latest, axis, cycles, limit)]++;
    }
    double[] chance = new double[FARTHEST + 1];
    for (int h = 1; h <= FARTHEST; h++) {
      chance[h] = chance[h - 1] + reached[h] / (double) COUNT;
    }
    return chance;
  }

  private static double[] axis(double growth) {
    double[] axis = new double[FARTHEST + 1];
    Arrays.setAll(axis, h -> Way.axis(growth, h));
    return axis;
  }

  /** The day it reaches the limit; the one after the farthest when it does not. */
  private static int day(
      Future future,
      Ways ways,
      int index,
      double latest,
      double[] axis,
      double[] cycles,
      double limit) {
    Way way = ways.all().get(index);
    double ofLevel = Math.sqrt(way.levelVariance());
    double ofBoth = way.covariance() / ofLevel;
    double ofSlope = Math.sqrt(Math.max(0, way.slopeVariance() - ofBoth * ofBoth));
    double level = way.level() + ways.unsure() * ofLevel * future.level;
    double slope = way.slope() + ways.unsure() * (ofBoth * future.level + ofSlope * future.slope);
    double off = latest - level;
    for (int h = 1; h <= FARTHEST; h++) {
      off = ways.noise().kept() * off + ways.unsure() * future.daily[h];
      double gone = axis[Math.min(h, future.turn)];
      double risen = slope * (gone + future.pace * (axis[h] - gone));
      if (level + risen + cycles[h] + off >= limit) {
        return h;
      }
    }
    return FARTHEST + 1;
  }

  private static Future[] all() {
    Random random = new Random(1);
    Future[] all = new Future[COUNT];
    for (int i = 0; i < COUNT; i++) {
      double[] daily = new double[FARTHEST + 1];
      Arrays.setAll(daily, _ -> random.nextGaussian());
      double square = 0;
      for (int j = 0; j < FREE; j++) {
        square += Math.pow(random.nextGaussian(), 2) / FREE;
      }
      double heavy = Math.min(LEAST_SURE, 1 / Math.sqrt(square));
      int turn = 1 + (int) (-PACE_LASTS * Math.log(1 - random.nextDouble()));
      all[i] =
          new Future(
              daily,
              heavy * random.nextGaussian(),
              heavy * random.nextGaussian(),
              Math.min(turn, FARTHEST),
              Math.exp(PACE_CHANGES * random.nextGaussian()));
    }
    return all;
  }
}
