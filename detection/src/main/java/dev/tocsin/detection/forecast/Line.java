// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

/**
 * Level and slope of a course on the latest day, and how unsure they are: in squares of what is new
 * in a day by noise.
 */
record Line(
    double level, double slope, double levelVariance, double covariance, double slopeVariance) {

  double at(double axis) {
    return level + slope * axis;
  }

  double variance(double axis) {
    return levelVariance + 2 * axis * covariance + axis * axis * slopeVariance;
  }
}
