// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks.forecast;

import dev.tocsin.benchmarks.forecast.FillingSeries.Course;
import dev.tocsin.detection.forecast.Forecaster;
import dev.tocsin.detection.forecast.Outlook;
import dev.tocsin.detection.forecast.Warning;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The figures of forecasts, taken on the class that runs in the program, on simulated series:
 * {@code benchmarks/run forecast [SEED]}. The same seed gives the same series.
 */
public final class ForecastFigures {

  private static final int[] LEADS = {7, 14, 30};
  private static final int OF_EACH = 200;
  private static final int STATIONARY = 100;
  private static final int WATCHED_FROM = 60;
  private static final int WATCHED_DAYS = 140;
  private static final double DAYS_A_YEAR = 365.25;

  private final PrintStream out;
  private final long seed;

  /** A series of a course, and the days it is known up to. */
  private record Known(Course course, double[] days, double bound) {}

  private ForecastFigures(PrintStream out, long seed) {
    this.out = out;
    this.seed = seed;
  }

  public static void take(PrintStream out, long seed) {
    ForecastFigures figures = new ForecastFigures(out, seed);
    for (int lead : LEADS) {
      figures.lead(lead, Course.TUNED);
    }
    figures.courses(
        "courses that are none of the ways, on which settings were chosen too", Course.ODD);
    figures.courses("courses that no setting was chosen on", Course.UNSEEN);
    figures.courses("two further ones, first run when all was chosen", Course.FRESH);
    figures.stationary();
  }

  private void courses(String which, List<Course> courses) {
    out.println(which + ":");
    for (int lead : LEADS) {
      lead(lead, courses);
    }
  }

  private RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Series as they are known so many days before they reach the limit. */
  private List<Known> known(int lead, List<Course> courses) {
    RandomGenerator random = random();
    List<Known> known = new ArrayList<>();
    for (Course course : courses) {
      for (int i = 0; i < OF_EACH; i++) {
        FillingSeries series = FillingSeries.of(course, random);
        int day = series.reached() - lead;
        if (day >= WATCHED_FROM) {
          double bound = Math.abs(Omniscience.day(series, day) - lead) / lead;
          known.add(new Known(course, series.until(day), bound));
        }
      }
    }
    return known;
  }

  private void lead(int lead, List<Course> courses) {
    List<Known> series = known(lead, courses);
    peer("least squares over 7 d", series, lead, days -> Peers.leastSquares(days, 7));
    peer("least squares over 28 d", series, lead, days -> Peers.leastSquares(days, 28));
    peer("Theil-Sen over 28 d", series, lead, days -> Peers.theilSen(days, 28));
    out.printf(
        "%d d before, who knows the course and the noise: median error %.2f%n",
        lead, StatUtils.percentile(series.stream().mapToDouble(Known::bound).toArray(), 50));
    long started = System.nanoTime();
    List<Outlook.Foreseen> outlooks = series.stream().map(s -> foreseen(s.days())).toList();
    long taken = System.nanoTime() - started;
    double[] errors = outlooks.stream().mapToDouble(f -> error(f, lead)).toArray();
    out.printf(
        "%d d before: median error %.3f of the lead, %.3f of truths in the 80 %% interval (%.3f"
            + " before it; %.3f in it with the day that has 0.9), P(14 d) >= 0.5 in %.3f, of %d;"
            + " %.1f ms each%n",
        lead,
        StatUtils.percentile(errors, 50),
        share(outlooks, f -> covers(f, lead)),
        share(outlooks, f -> lead < f.firstDay()),
        share(
            outlooks, f -> covers(f, lead) || f.latest() != null && lead == Math.ceil(f.latest())),
        share(outlooks, f -> f.within14() >= 0.5),
        series.size(),
        taken / 1e6 / series.size());
    for (Course course : courses) {
      List<Outlook.Foreseen> of = new ArrayList<>();
      for (int i = 0; i < series.size(); i++) {
        if (series.get(i).course() == course) {
          of.add(outlooks.get(i));
        }
      }
      out.printf(
          "    %s: error %.2f, off by %+.1f d in the middle, in the interval %.2f, P(14 d) >= 0.5"
              + " in %.2f%n",
          course,
          StatUtils.percentile(of.stream().mapToDouble(f -> error(f, lead)).toArray(), 50),
          StatUtils.percentile(of.stream().mapToDouble(f -> late(f, lead)).toArray(), 50),
          share(of, f -> covers(f, lead)),
          share(of, f -> f.within14() >= 0.5));
    }
  }

  private void peer(String name, List<Known> series, int lead, ToDoubleFunction<double[]> days) {
    double[] errors =
        series.stream()
            .mapToDouble(s -> Math.abs(days.applyAsDouble(s.days()) - lead) / lead)
            .toArray();
    out.printf(
        "%d d before, %s: median error %.2f%n", lead, name, StatUtils.percentile(errors, 50));
  }

  private static Outlook.Foreseen foreseen(double[] days) {
    return (Outlook.Foreseen) Forecaster.of(days, FillingSeries.LIMIT);
  }

  private static double error(Outlook.Foreseen f, int lead) {
    Double day = f.day();
    return day == null ? Double.POSITIVE_INFINITY : Math.abs(day - lead) / lead;
  }

  private static double late(Outlook.Foreseen f, int lead) {
    Double day = f.day();
    return day == null ? Double.POSITIVE_INFINITY : day - lead;
  }

  /** As people read it: in whole days. */
  private static boolean covers(Outlook.Foreseen f, int lead) {
    Integer last = f.lastDay();
    return lead >= f.firstDay() && (last == null || lead <= last);
  }

  private static double share(
      List<Outlook.Foreseen> of, java.util.function.Predicate<Outlook.Foreseen> which) {
    return of.stream().collect(Collectors.averagingDouble(f -> which.test(f) ? 1 : 0));
  }

  private void stationary() {
    RandomGenerator random = random();
    int alarmed = 0;
    int alarms = 0;
    int peers = 0;
    for (int i = 0; i < STATIONARY; i++) {
      FillingSeries series = FillingSeries.stationary(random);
      Warning warning = Warning.NONE;
      int own = 0;
      boolean peer = false;
      for (int day = WATCHED_FROM; day < WATCHED_FROM + WATCHED_DAYS; day++) {
        double[] days = series.until(day);
        Warning now = warning.after(foreseen(days));
        own += now.isTold() && !warning.isTold() ? 1 : 0;
        warning = now;
        peer |= Peers.leastSquares(days, 7) <= 14;
      }
      alarms += own;
      alarmed += own > 0 ? 1 : 0;
      peers += peer ? 1 : 0;
    }
    double years = STATIONARY * WATCHED_DAYS / DAYS_A_YEAR;
    out.printf(
        "stationary: %d of %d series with a false alarm in %d days each, %.2f in 10 series-years"
            + " (%d with least squares over 7 d within 14 d)%n",
        alarmed, STATIONARY, WATCHED_DAYS, 10 * alarms / years, peers);
  }
}
