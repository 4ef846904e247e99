// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks.detection;

import dev.tocsin.detection.flow.RateWatch;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How well storms of alerts are told from bursts: sixty simulated days with a cycle by hour of the
 * day, and storms of ten minutes that add three alerts a minute or eight times what is usual then.
 *
 * <p>Counts of a minute are negative binomial: its rate is drawn from a gamma distribution, for
 * each minute anew or, which is harder, for five minutes at a time.
 */
public final class StormFigures {

  private static final int DAY = 24 * 60;
  private static final int DAYS = 60;
  private static final int LEARNING_DAYS = 3;
  private static final int STORM = 10;
  private static final int RUNS = 4;
  private static final double[] RATES = {0.05, 0.5, 2, 5, 20};
  private static final double[] DISPERSIONS = {Double.POSITIVE_INFINITY, 5, 2, 1, 0.5};

  private StormFigures() {}

  private record Score(int storms, int found, int wrong, double latency) {

    Score plus(Score other) {
      return new Score(
          storms + other.storms, found + other.found, wrong + other.wrong, latency + other.latency);
    }

    double recall() {
      return (double) found / storms;
    }

    double wrongADay() {
      return wrong / (double) (RUNS * (DAYS - LEARNING_DAYS));
    }
  }

  public static void take(PrintStream out) {
    for (int burst : new int[] {1, 5}) {
      out.printf(
          "%nrate drawn anew every %d min: false storms a day | recall | minutes until found%n",
          burst);
      for (double dispersion : DISPERSIONS) {
        for (double rate : RATES) {
          Score score = new Score(0, 0, 0, 0);
          for (int run = 0; run < RUNS; run++) {
            score = score.plus(run(rate, dispersion, burst, run));
          }
          out.printf(
              "k %8s, %5.2f a minute: %.3f | %.2f (%d of %d) | %.1f%n",
              dispersion == Double.POSITIVE_INFINITY ? "poisson" : dispersion,
              rate,
              score.wrongADay(),
              score.recall(),
              score.found,
              score.storms,
              score.latency / Math.max(1, score.found));
        }
      }
    }
  }

  private static Score run(double rate, double dispersion, int burst, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> storms = storms(random);
    RateWatch watch = new RateWatch();
    boolean[] found = new boolean[storms.size()];
    int wrong = 0;
    double latency = 0;
    double gamma = 1;
    for (int minute = 0; minute < DAYS * DAY; minute++) {
      double usual = rate * (1 + .8 * Math.sin(2 * Math.PI * (minute % DAY) / DAY));
      if (minute % burst == 0) {
        gamma = dispersion == Double.POSITIVE_INFINITY ? 1 : Draw.gamma(random, dispersion);
      }
      int count = Draw.poisson(random, usual * gamma);
      if (isIn(storms, minute)) {
        count += Draw.poisson(random, Math.max(3, 8 * usual));
      }
      while (watch.hasNext(minute)) {
        if (watch.next(minute) instanceof RateWatch.Turn.Begins begins) {
          int storm = stormAt(storms, begins.minute());
          if (storm < 0) {
            wrong++;
          } else if (!found[storm]) {
            found[storm] = true;
            latency += begins.minute() + 1 - storms.get(storm);
          }
        }
      }
      watch.count(minute, count);
    }
    int hits = 0;
    for (boolean hit : found) {
      hits += hit ? 1 : 0;
    }
    return new Score(storms.size(), hits, wrong, latency);
  }

  private static List<Integer> storms(SplittableRandom random) {
    List<Integer> storms = new ArrayList<>();
    int at = LEARNING_DAYS * DAY + random.nextInt(DAY);
    while (at < DAYS * DAY - 60) {
      storms.add(at);
      at += DAY + random.nextInt(3 * DAY);
    }
    return storms;
  }

  private static boolean isIn(List<Integer> storms, int minute) {
    return storms.stream().anyMatch(start -> minute >= start && minute < start + STORM);
  }

  /** The storm that a report belongs to: until its last minute has left the window. */
  private static int stormAt(List<Integer> storms, long minute) {
    for (int i = 0; i < storms.size(); i++) {
      if (minute >= storms.get(i) && minute < storms.get(i) + STORM + 5) {
        return i;
      }
    }
    return -1;
  }
}
