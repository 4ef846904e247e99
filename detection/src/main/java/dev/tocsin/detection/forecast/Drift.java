// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

/**
 * How far level and slope stray from their course each day, by chance: as a variance, in squares of
 * what is new in a day by noise.
 */
record Drift(double level, double slope) {

  static final Drift NONE = new Drift(0, 0);

  /** What that adds up to after so many days. */
  double variance(double days) {
    return level * days + slope * days * days * days / 3;
  }
}
