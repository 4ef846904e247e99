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
  private static final double OFFICE = 0.02;
  private static final double[] SWING = {0, 0, 6, 6, 0, 0, -6};

  /** How it fills. */
  enum Course {
    LINEAR,
    STEEPER,
    SAWTOOTH,
    STEP,
    EXPONENTIAL,
    /** It slows down as a square root does: this one and the five below are none of the ways. */
    ROOT,
    LOGARITHM,
    /** Each day is as far from the one before as chance has it. */
    WALK,
    /** Days of much and days of little, as many of each as chance has it. */
    BURSTS,
    /** Clean-ups of any size, on any day. */
    CLEANED,
    /** A pace that rises and falls in turns of three to six weeks. */
    WAVES,
    /** It slows down before it is full: a way for growth that slows was added since. */
    SLOWING,
    /** Weekdays that matter more the fuller it is. */
    WEEKLY,
    /** On three days in ten a jump, of any size. */
    JUMPS,
    /** A pace that wanders. */
    WANDERING,
    /** A business: weekdays, a season of the year, and holidays on which nothing is added. */
    BUSINESS,
    /** Logs that are deleted at regular times, and more of them each time. */
    RETENTION;

    static final List<Course> TUNED = List.of(LINEAR, STEEPER, SAWTOOTH, STEP, EXPONENTIAL);
    static final List<Course> ODD = List.of(ROOT, LOGARITHM, WALK, BURSTS, CLEANED, WAVES);

    /** No setting was chosen on these. */
    static final List<Course> UNSEEN = List.of(SLOWING, WEEKLY, JUMPS, WANDERING);

    /** Nor on these, which were first run when all settings were chosen. */
    static final List<Course> FRESH = List.of(BUSINESS, RETENTION);
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
    double mean = rise / until;
    ByChance byChance = new ByChance(course, mean, random);
    double risen = 0;
    for (int d = 0; d < DAYS; d++) {
      risen += byChance.added(d);
      double share = d / (double) until;
      double around = d % period / (double) period;
      level[d] =
          switch (course) {
            case LINEAR -> start + rise * share;
            case STEEPER -> start + pace * (Math.min(d, turn) + STEEPER * Math.max(0, d - turn));
            case SAWTOOTH -> start + rise * share + tooth * (around - 0.5);
            case STEP -> start + (rise - STEP) * share + (d >= turn ? STEP : 0);
            case EXPONENTIAL -> start * Math.pow(LIMIT / start, share);
            case ROOT -> start + rise * Math.sqrt(share);
            case LOGARITHM -> start + rise * Math.log1p(9 * share) / Math.log(10);
            case WAVES -> start + rise * share + wave(d + turn, 20 + period, 1.1 * mean);
            case SLOWING -> start + ROOM * rise * (logistic(share) - logistic(0));
            case WEEKLY -> start + rise * share + SWING[d % 7] * (0.3 + 0.7 * share);
            case BUSINESS -> (start + risen) * (1 + (d % 7 < 5 ? OFFICE : -2.5 * OFFICE));
            case RETENTION -> start + rise * share + tooth * (0.3 + 1.7 * share) * (around - 0.5);
            case WALK, BURSTS, CLEANED, JUMPS, WANDERING -> start + risen;
          };
    }
    return measured(level, random);
  }

  /** What a pace that rises and falls by so much adds. */
  private static double wave(double day, double period, double by) {
    double around = 2 * Math.PI / period;
    return by / around * Math.sin(around * day);
  }

  /** What a day adds, where chance has a part in it. */
  private static final class ByChance {

    private final Course course;
    private final double mean;
    private final RandomGenerator random;
    private double wandered;
    private boolean other;
    private int left;

    ByChance(Course course, double mean, RandomGenerator random) {
      this.course = course;
      this.mean = mean;
      this.random = random;
    }

    double added(int day) {
      return switch (course) {
        case JUMPS -> random.nextDouble() < JUMPS ? 2 * random.nextDouble() * mean / JUMPS : 0;
        case WANDERING -> {
          wandered = WANDERS * wandered + mean / 4 * random.nextGaussian();
          yield Math.max(0, mean + wandered);
        }
        case WALK -> mean + 1.5 * mean * random.nextGaussian();
        case BURSTS -> takesTurns(16, 8) ? 2.4 * mean : 0.3 * mean;
        case CLEANED -> {
          double cleaned = random.nextDouble() < 1 / 20.0 ? 24 * random.nextDouble() : 0;
          yield mean * (1.6 - cleaned);
        }
        case BUSINESS -> takesTurns(35, 5) ? 0 : mean * (1.1 + 0.5 * Math.sin(day / 58.0));
        default -> 0;
      };
    }

    /** Whether it is the other kind of days, of which there are so many in turn on average. */
    private boolean takesTurns(double usual, double others) {
      if (left-- <= 0) {
        other = !other;
        left = (int) (-(other ? others : usual) * Math.log(1 - random.nextDouble()));
      }
      return other;
    }
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
