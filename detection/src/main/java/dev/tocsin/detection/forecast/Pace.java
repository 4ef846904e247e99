// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.forecast;

/** How the slope of a course changes from day to day. */
sealed interface Pace {

  /** Days after the latest, stretched so that the course is a straight line of them. */
  double axis(double days);

  /**
   * By the same part of it each day.
   *
   * @param by 0 is a straight line
   */
  record Growing(double by) implements Pace {

    @Override
    public double axis(double days) {
      return by == 0 ? days : Math.expm1(by * days) / by;
    }
  }

  /**
   * As that of a square root does: fast at first, and slower ever after, without an end.
   *
   * @param age days since it began, more than are looked back on
   */
  record Slowing(double age) implements Pace {

    @Override
    public double axis(double days) {
      return 2 * age * (Math.sqrt(1 + days / age) - 1);
    }
  }
}
