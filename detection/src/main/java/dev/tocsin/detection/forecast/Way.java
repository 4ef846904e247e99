// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

/**
 * One way the level of a series may go on, and how well it tells the days that are known.
 *
 * @param noise that it was found under
 * @param misfit the square error it leaves of them
 * @param prior the logarithm of how likely it is before they are looked at
 * @param free how many numbers were fitted
 */
record Way(Pace pace, Line line, Drift drift, Noise noise, double misfit, double prior, int free) {

  double in(double days) {
    return line.at(pace.axis(days));
  }

  /** How unsure the level is in so many days, in those squares. */
  double variance(double days) {
    return line.variance(pace.axis(days)) + drift.variance(days);
  }

  Way likelier(double by) {
    return new Way(pace, line, drift, noise, misfit, prior + by, free);
  }
}
