// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.agent.tool;

import dev.tocsin.agent.telemetry.Prometheus;
import dev.tocsin.agent.telemetry.Series;
import dev.tocsin.agent.telemetry.TelemetryException;
import dev.tocsin.schemas.context.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The course of a PromQL expression over a span of time. */
public final class PrometheusRangeTool implements Tool {

  private static final int MOST_SERIES = 12;

  private final Prometheus prometheus;

  public PrometheusRangeTool(Prometheus prometheus) {
    this.prometheus = prometheus;
  }

  @Override
  public String name() {
    return "prometheus_query_range";
  }

  @Override
  public String description() {
    return "How a PromQL expression went over a span of time: first, middle, last, lowest, highest.";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        new Parameter("query", "a PromQL expression", true), Arguments.FROM, Arguments.TO);
  }

  @Override
  public Evidence call(Arguments arguments, Instant now)
      throws Refusal, TelemetryException, InterruptedException {
    String query = arguments.text("query");
    Arguments.Span span = arguments.span(now);
    List<Series> found = prometheus.over(query, span.from(), span.to());
    Instant middle = span.from().plus(Duration.between(span.from(), span.to()).dividedBy(2));
    String text =
        found.stream()
            .limit(MOST_SERIES)
            .map(s -> s.describe(middle))
            .collect(Collectors.joining("\n"));
    return new Evidence(
        "",
        "prometheus",
        found.size() + " series from " + span.inWords(),
        text,
        query,
        now,
        prometheus.link(query, span.from(), span.to()));
  }
}
