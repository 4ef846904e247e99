// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.benchmarks.detection;

import java.util.List;

/**
 * A series whose anomalies somebody marked.
 *
 * @param domain where it comes from: a threshold is tried on domains it was not chosen on
 * @param seconds since the epoch, of each row
 * @param windows the marked spans
 */
record LabelledSeries(
    String domain, String name, long[] seconds, double[] values, List<Window> windows) {

  private static final double PROBATION = 0.15;
  private static final int LONGEST_PROBATION = 750;

  /** Rows from the first to the last, both inside. */
  record Window(int first, int last) {

    int width() {
      return last - first + 1;
    }
  }

  int rows() {
    return values.length;
  }

  /** The rows before this one are for learning, and not scored. */
  int probation() {
    return Math.min((int) (PROBATION * rows()), LONGEST_PROBATION);
  }
}
