// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

/**
 * One way the level of a series may go on. In so many days it is {@code level + slope *
 * axis(days)}, and how unsure level and slope are is known but for the square of the noise.
 *
 * @param growth a day, of the slope: 0 is a straight line
 * @param misfit the square error it leaves of the days that are known
 * @param prior the logarithm of how likely it is before the days are looked at
 * @param free how many numbers were fitted
 */
record Way(
    double growth,
    double level,
    double slope,
    double levelVariance,
    double covariance,
    double slopeVariance,
    double misfit,
    double prior,
    int free) {

  /** Days after the latest, stretched so that what grows by so much a day is straight. */
  static double axis(double growth, double days) {
    return growth == 0 ? days : Math.expm1(growth * days) / growth;
  }

  double in(double days) {
    return level + slope * axis(growth, days);
  }
}
