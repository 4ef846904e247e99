// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.anomaly;

import java.util.Arrays;

/**
 * How much the latest sample of a series stands out, by all features together.
 *
 * <p>Each feature says how rare it is, in units of what one ordinary sample in 3,000 has. The cubic
 * mean of them, weighted, lets a few that stand out speak, but asks for more than one. One whose
 * window is not full yet is left out: that it is not known does not say that it is usual. What is
 * rare and yet small against the usual distance from what is expected counts less; what comes
 * seldom, more.
 *
 * @param combined from 0 to about 2
 * @param surprise how many tenfold rarer than ordinary the feature is that stands out most
 * @param traits in what way it stands out
 */
record Standout(double combined, Feature most, double surprise, Traits traits) {

  private static final int SHORT = 6;
  private static final int SHORT_MEDIAN = 7;
  private static final int LONG_MEDIAN = 15;
  private static final int SPREAD = 48;
  private static final int SHORT_SPREAD = 12;

  /** So many of the latest values are looked at. */
  static final int LONGEST = SPREAD;

  private static final double FLAT = 1e-3;

  /** So many residuals, each freed of what the one before explains, make the mean of the season. */
  private static final int WHITENED = 6;

  private static final double WHITENING = 0.7;
  private static final double MOST = 2.2;
  private static final double LARGE = 1.9;
  private static final double SMALLEST = 0.3;
  private static final double EFFECT = 0.5;
  private static final double RARE_STEPS = 0.2;

  /** Seconds between samples where nothing is weighed otherwise. */
  static final double USUAL_STEP = 300;

  private static final double HOURLY = Math.log(3_600 / USUAL_STEP);

  /** Compares the latest sample, and learns it. */
  static Standout of(SeriesState series, double scales) {
    double[] deviations = deviations(series);
    double step = series.rhythm.step();
    double sum = 0;
    double weights = 0;
    Feature most = Feature.VALUE;
    double share = -1;
    double surprise = 0;
    double[] shares = new double[Feature.ALL.length];
    for (Feature feature : Feature.ALL) {
      double weight = feature.weight(step);
      double deviation = deviations[feature.ordinal()];
      if (Double.isNaN(deviation)) {
        continue;
      }
      weights += weight;
      double rarity = series.tails[feature.ordinal()].take(deviation);
      double relative = Math.min(rarity / feature.rare, MOST);
      sum += weight * relative * relative * relative;
      shares[feature.ordinal()] = Math.signum(deviation) * weight * relative * relative;
      if (weight > 0 && relative * feature.plain > share) {
        share = relative * feature.plain;
        most = feature;
        surprise = rarity;
      }
    }
    double combined = Math.cbrt(sum / weights) * effect(scales);
    double seldom = step > 0 ? Math.max(0, 1 + RARE_STEPS * Math.log10(step / USUAL_STEP)) : 1;
    return new Standout(combined * seldom, most, surprise, Traits.of(shares));
  }

  /** From 0, a sample in five minutes or less, to 1, one in an hour or more. */
  static double coarse(double step) {
    return step > 0 ? Math.clamp(Math.log(step / USUAL_STEP) / HOURLY, 0, 1) : 0;
  }

  private static double effect(double scales) {
    return Math.pow(Math.clamp(Math.log1p(Math.abs(scales)) / LARGE, SMALLEST, 1), EFFECT);
  }

  private static double[] deviations(SeriesState series) {
    double[] deviations = new double[Feature.ALL.length];
    Arrays.fill(deviations, Double.NaN);
    Recent recent = series.recent;
    long size = recent.size();
    centred(series, deviations, Feature.VALUE, recent.value(0));
    if (size > 1) {
      centred(series, deviations, Feature.JUMP, recent.value(0) - recent.value(1));
    }
    if (size >= SHORT) {
      centred(series, deviations, Feature.MEAN, recent.mean(0, SHORT));
    }
    if (size >= SHORT_MEDIAN) {
      centred(series, deviations, Feature.SHORT_MEDIAN, recent.median(SHORT_MEDIAN));
    }
    if (size >= LONG_MEDIAN) {
      centred(series, deviations, Feature.LONG_MEDIAN, recent.median(LONG_MEDIAN));
    }
    double scale = series.centres[Feature.VALUE.ordinal()].scale();
    if (size >= SPREAD && scale > 0) {
      double spread = Math.log(recent.deviation(SPREAD) + FLAT * scale);
      centred(series, deviations, Feature.SPREAD, spread);
    }
    if (size >= SHORT_SPREAD && scale > 0) {
      double spread = Math.log(recent.deviation(SHORT_SPREAD) + FLAT * scale);
      centred(series, deviations, Feature.SHORT_SPREAD, spread);
    }
    if (series.lately.size() > WHITENED) {
      centred(series, deviations, Feature.SEASON, whitened(series.lately));
    }
    if (series.lately.size() >= Shapes.LENGTH) {
      centred(series, deviations, Feature.LASTING, series.lately.mean(0, Shapes.LENGTH));
    }
    deviations[Feature.SHAPE.ordinal()] = series.shapes.distance(series.lately);
    return deviations;
  }

  private static double whitened(Recent residuals) {
    return residuals.mean(0, WHITENED) - WHITENING * residuals.mean(1, WHITENED);
  }

  private static void centred(
      SeriesState series, double[] deviations, Feature feature, double value) {
    Centre centre = series.centres[feature.ordinal()];
    deviations[feature.ordinal()] = centre.deviation(value);
    centre.add(value);
  }
}
