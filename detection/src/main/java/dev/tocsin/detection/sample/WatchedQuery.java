// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

import dev.tocsin.schemas.sample.SeriesKind;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A query whose series are watched.
 *
 * @param name what is measured, for people
 * @param promql what is asked
 * @param interval how often
 * @param kind what kind of thing it is, which says when a change of it hurts
 * @param labels what its series have besides the labels Prometheus gives: a service, for example
 * @param limit at which what is measured is exhausted: it is forecast; null forecasts nothing
 */
public record WatchedQuery(
    String name,
    String promql,
    @DefaultValue("30s") Duration interval,
    @DefaultValue("GAUGE") SeriesKind kind,
    @DefaultValue Map<String, String> labels,
    @Nullable Double limit) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  public WatchedQuery {
    if (isBlank(name) || isBlank(promql)) {
      throw new IllegalArgumentException(
          "each of tocsin.detection.queries should have a name and promql: was name '%s', promql '%s'"
              .formatted(name, promql));
    }
    if (interval.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "tocsin.detection.queries, %s: interval should be 1s or more: was %s"
              .formatted(name, interval));
    }
    requireUsable(name, kind, limit);
  }

  private static void requireUsable(String name, SeriesKind kind, @Nullable Double limit) {
    if (limit != null && (!Double.isFinite(limit) || kind == SeriesKind.COUNTER)) {
      throw new IllegalArgumentException(
          "tocsin.detection.queries, %s: limit should be a number at which a gauge, latency or ratio is exhausted: was %s of a %s"
              .formatted(name, limit, kind));
    }
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
