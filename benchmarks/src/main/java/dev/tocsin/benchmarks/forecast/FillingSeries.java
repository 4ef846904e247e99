// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Daily values of a resource, as made by the simulation: a course, correlated noise, a weekday
 * cycle, and two days in a hundred that are spikes.
 *
 * <p>The noise is such that a Theil-Sen line over 28 days is as far off as in the simulation that
 * the targets come from: 0.43, 0.29 and 0.26 of the lead at 7, 14 and 30 days.
 *
 * @param seen as measured
 * @param expected without noise and spikes
 * @param off how far off that a day is, spikes apart
 * @param noise the scale of that
 * @param reached the day on which the value, spikes apart, is first at the limit; -1 when never
 */
record FillingSeries(double[] seen, double[] expected, double[] off, double noise, int reached) {

  static final double LIMIT = 100;

  private static final int DAYS = 260;
  private static final double NOISE = 1.8;
  static final double KEPT = 0.6;
  private static final double WEEK = 2;
  private static final double SPIKES = 0.02;
  private static final double STEP = 12;
  private static final double STEEPER = 2.2;
  private static final double JUMPS = 0.3;
  private static final double WANDERS = 0.97;
  private static final double ROOM = 1.25;
  private static final double[] SWING = {0, 0, 6, 6, 0, 0, -6};

  /** How it fills. */
  enum Course {
    LINEAR,
    STEEPER,
    SAWTOOTH,
    STEP,
    EXPONENTIAL,
    /** It slows down before it is full: no setting was chosen on this one and those below. */
    SLOWING,
    /** Weekdays that matter more the fuller it is. */
    WEEKLY,
    /** On three days in ten a jump, of any size. */
    JUMPS,
    /** A pace that wanders. */
    WANDERING;

    static final List<Course> TUNED = List.of(LINEAR, STEEPER, SAWTOOTH, STEP, EXPONENTIAL);
    static final List<Course> UNSEEN = List.of(SLOWING, WEEKLY, JUMPS, WANDERING);
  }

  static FillingSeries of(Course course, RandomGenerator random) {
    int until = 90 + random.nextInt(71);
    double start = 10 + 40 * random.nextDouble();
    double rise = LIMIT - start;
    double turn = (0.3 + 0.6 * random.nextDouble()) * until;
    int period = 7 + random.nextInt(14);
    double tooth = 5 + 7 * random.nextDouble();
    double pace = rise / (turn + STEEPER * (until - turn));
    double[] level = new double[DAYS];
    double risen = 0;
    double wandered = 0;
    for (int d = 0; d < DAYS; d++) {
      if (course == Course.JUMPS && random.nextDouble() < JUMPS) {
        risen += 2 * random.nextDouble() * rise / until / JUMPS;
      } else if (course == Course.WANDERING) {
        wandered = WANDERS * wandered + rise / until / 4 * random.nextGaussian();
        risen += Math.max(0, rise / until + wandered);
      }
      double share = d / (double) until;
      level[d] =
          switch (course) {
            case LINEAR -> start + rise * share;
            case STEEPER -> start + pace * (Math.min(d, turn) + STEEPER * Math.max(0, d - turn));
            case SAWTOOTH -> start + rise * share + tooth * (d % period / (double) period - 0.5);
            case STEP -> start + (rise - STEP) * share + (d >= turn ? STEP : 0);
            case EXPONENTIAL -> start * Math.pow(LIMIT / start, share);
            case SLOWING -> start + ROOM * rise * (logistic(share) - logistic(0));
            case WEEKLY -> start + rise * share + SWING[d % 7] * (0.3 + 0.7 * share);
            case JUMPS, WANDERING -> start + risen;
          };
    }
    return measured(level, random);
  }

  private static double logistic(double share) {
    return 1 / (1 + Math.exp(-5 * (share - 0.55)));
  }

  /** One that does not fill: at 60 to 90 of 100. */
  static FillingSeries stationary(RandomGenerator random) {
    double[] level = new double[DAYS];
    Arrays.fill(level, 60 + 30 * random.nextDouble());
    return measured(level, random);
  }

  private static FillingSeries measured(double[] level, RandomGenerator random) {
    double noise = NOISE * (0.5 + random.nextDouble());
    double week = WEEK * random.nextDouble();
    int phase = random.nextInt(7);
    double rest = noise * random.nextGaussian();
    double[] seen = new double[level.length];
    double[] expected = new double[level.length];
    double[] off = new double[level.length];
    int reached = -1;
    for (int d = 0; d < level.length; d++) {
      rest = KEPT * rest + noise * Math.sqrt(1 - KEPT * KEPT) * random.nextGaussian();
      expected[d] = level[d] + ((d + phase) % 7 >= 5 ? -week : 0.4 * week);
      off[d] = rest;
      double value = expected[d] + rest;
      reached = reached < 0 && value >= LIMIT ? d : reached;
      boolean spike = random.nextDouble() < SPIKES;
      double side = random.nextBoolean() ? 1 : -1;
      seen[d] = spike ? value + side * noise * (4 + 6 * random.nextDouble()) : value;
    }
    return new FillingSeries(seen, expected, off, noise, reached);
  }

  /** What is known on a day: the last 120 days. */
  double[] until(int day) {
    return Arrays.copyOfRange(seen, Math.max(0, day - 119), day + 1);
  }
}
