// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one message of a Prometheus holds.
 *
 * @param metadata descriptions of metrics, which are not kept
 */
public record Batch(List<Series> series, int metadata) {

  static final String METRIC = "__name__";

  /**
   * A series as it was sent.
   *
   * @param labels sorted, with the metric's name among them; as far as they could be read
   * @param fault what is wrong with its labels; null when nothing is
   */
  record Series(
      Map<String, String> labels,
      @Nullable String fault,
      List<Point> points,
      int histograms,
      int exemplars) {

    String metric() {
      return labels.getOrDefault(METRIC, "");
    }
  }

  /** One value, at milliseconds since 1970. */
  record Point(long millis, double value) {

    /** The one NaN that says that a series has ended. */
    private static final long STALE = 0x7ff0000000000002L;

    boolean isStale() {
      return Double.doubleToRawLongBits(value) == STALE;
    }
  }
}
