// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.ingest.push;

import dev.tocsin.schemas.sample.SeriesKind;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Pushed series that are watched, in the words of {@code tocsin.detection.queries}.
 *
 * @param name what is measured, for people; null is the metric's own name
 * @param selector which series: a metric's name, matchers in braces, or both, as in PromQL
 * @param interval of which one sample is taken, the first
 * @param kind what kind of thing it is, which says when a change of it hurts
 * @param labels what the series have besides their own: a service, for example
 * @param labelsFrom labels that are called otherwise where they come from: {@code service: job}
 * @param limit at which what is measured is exhausted: it is forecast; null forecasts nothing
 */
public record PushedSeries(
    @Nullable String name,
    String selector,
    @DefaultValue("30s") Duration interval,
    @DefaultValue("GAUGE") SeriesKind kind,
    @DefaultValue Map<String, String> labels,
    @DefaultValue Map<String, String> labelsFrom,
    @Nullable Double limit) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  public PushedSeries {
    if (isBlank(selector)) {
      throw new IllegalArgumentException(
          "each of tocsin.ingest.push.series should have a selector: was '%s'".formatted(selector));
    }
    require(
        interval.compareTo(SHORTEST) >= 0,
        selector,
        "interval should be 1s or more: was " + interval);
    require(
        limit == null || Double.isFinite(limit) && kind != SeriesKind.COUNTER,
        selector,
        "limit should be a number at which a gauge, latency or ratio is exhausted: was %s of a %s"
            .formatted(limit, kind));
  }

  private static void require(boolean right, String selector, String fault) {
    if (!right) {
      throw new IllegalArgumentException("tocsin.ingest.push.series, " + selector + ": " + fault);
    }
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
