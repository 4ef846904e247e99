// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

import java.util.Arrays;

/**
 * What would have been told of a series in the past, against what came: how wrong its own forecasts
 * are.
 *
 * @param error how far off the level two weeks ahead would have been, in the middle of some days
 * @param wide how many times as far off as was told it was, shrunk towards once: by so much what is
 *     told now is spread
 */
record Hindsight(double error, double wide) {

  private static final int WEEK = 7;
  private static final int FORTNIGHT = 14;

  /** What would have been told each week, so many days ago at most, */
  private static final int LONGEST_AGO = 63;

  /** is compared with what came on the days around so many days later. */
  private static final int[] AHEAD = {WEEK, FORTNIGHT};

  private static final int AROUND = 2;

  /** What was told on fewer days than that says nothing of what is told on more. */
  private static final int LEAST = 35;

  /** The error is that of the last few weeks. */
  private static final int LATELY = 35;

  /** The median of five days varies by so much of the square of one. */
  private static final double CALMER = 0.6;

  /** As if so many comparisons had said beforehand that the spread is right. */
  private static final double BEFOREHAND = 3;

  /** What is further off, in scales, is a step or a clean-up that nobody could know of. */
  private static final double FARTHEST = 4;

  /** Of those that are known best, half of what the days prove is not believed: too wide. */
  private static final double AS_TOLD = 0.72;

  private static final double NARROWEST = 0.5;
  private static final double WIDEST = 3;

  static Hindsight of(double[] level) {
    Noise noise = Noise.of(level);
    double[] errors = new double[LATELY / WEEK];
    int count = 0;
    double squares = BEFOREHAND / (AS_TOLD * AS_TOLD);
    double compared = BEFOREHAND;
    for (int back = FORTNIGHT; back <= LONGEST_AGO; back += WEEK) {
      int then = level.length - back;
      if (then < Forecaster.NEEDED || then < LEAST && back > LATELY) {
        break;
      }
      Ways told = Ways.under(noise, Arrays.copyOf(level, then));
      if (back <= LATELY) {
        errors[count++] = error(level, then, back, told);
      }
      for (int ahead : AHEAD) {
        if (then >= LEAST) {
          squares += Math.min(FARTHEST * FARTHEST, square(level, then, ahead, told));
          compared++;
        }
      }
    }
    if (count == 0) {
      int back = level.length / 3;
      Ways told = Ways.under(noise, Arrays.copyOf(level, level.length - back));
      errors[count++] = error(level, level.length - back, back, told);
    }
    return new Hindsight(
        Robust.median(errors, 0, count),
        Math.clamp(AS_TOLD * Math.sqrt(squares / compared), NARROWEST, WIDEST));
  }

  private static double error(double[] level, int then, int back, Ways told) {
    int last = then + Math.min(FORTNIGHT, back);
    int first = Math.max(then, last - WEEK);
    double came = Robust.median(level, first, last);
    return Math.abs(came - told.in((first + last - 1) / 2.0 - (then - 1)));
  }

  /** How far off it was, as a square, in that of how far off it was told it may be. */
  private static double square(double[] level, int then, int ahead, Ways ways) {
    int first = then - 1 + ahead - AROUND;
    int last = Math.min(level.length, first + 2 * AROUND + 1);
    Ways.Told told = ways.told((first + last - 1) / 2.0 - (then - 1));
    double off = Robust.median(level, first, last) - told.level();
    return off * off / (told.variance() + CALMER * told.noise());
  }
}
